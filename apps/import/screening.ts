import { setTimeout as pause } from 'node:timers/promises';
import { type Api, codeOf } from './api.js';
import { CannotFinish } from './failures.js';
import type { Body } from './transport.js';

/** What screening made of registrations; the four numbers add up to those that were accepted and are screened. */
export type Screened = {
  readonly rejected: Readonly<Record<string, number>>;
  readonly clear: number;
  readonly possible: number;
  readonly inConflict: number;
  /** Withdrawn before they were screened. */
  readonly unscreened: number;
  /** Of the latest event of any of them. */
  readonly position: string;
};

const atOnce = 8;
const betweenMs = 500;

const read = async (api: Api, path: string): Promise<Body> => {
  const answer = await api.send({ method: 'GET', path, as: 'manager' });
  if (answer.status !== 200) throw new CannotFinish(`${path} answers ${answer.status} ${codeOf(answer)}`);
  return answer.body;
};

const registration = (api: Api, id: string) => read(api, `/v1/registrations/${encodeURIComponent(id)}`);

/**
 * Until none of them waits for its screening. Screening goes in commit order, which is that of `ids`: where it stands is
 * found by halving. Throws {@link CannotFinish} when it has not moved for `patienceMs`.
 */
export const screeningOf = async (
  api: Api,
  ids: readonly string[],
  { patienceMs, onProgress, halt }: { patienceMs: number; onProgress: (done: number) => void; halt: AbortSignal },
): Promise<void> => {
  let done = 0;
  for (let moved = Date.now(); done < ids.length; await pause(betweenMs, undefined, { signal: halt })) {
    const now = await firstWaiting(api, ids, done);
    if (now > done) moved = Date.now();
    done = now;
    onProgress(done);
    if (done === ids.length) return;
    if (Date.now() - moved > patienceMs)
      throw new CannotFinish(
        `screening stands still: ${ids.length - done} registrations wait since ${Math.round(patienceMs / 1_000)} s`,
      );
  }
};

const firstWaiting = async (api: Api, ids: readonly string[], from: number): Promise<number> => {
  let [low, high] = [from, ids.length];
  // mostly it is nearly through, or has just begun
  let probe = high - 1;
  while (low < high) {
    const { status } = await registration(api, ids[probe]!);
    if (status === 'submitted') high = probe;
    else low = probe + 1;
    probe = (low + high) >> 1;
  }
  return low;
};

/** Reads every one of them as it is now. */
export const screened = async (
  api: Api,
  ids: readonly string[],
  onProgress: (done: number) => void,
): Promise<Screened> => {
  const rejected: Record<string, number> = {};
  const counts = { clear: 0, possible: 0, conflict: 0 };
  let [unscreened, position, next] = [0, 0n, 0];
  const reader = async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const body = await registration(api, id);
      const { screening, rejection } = body as { screening?: Body | null; rejection?: Body | null };
      const last = BigInt(String(body.position));
      if (last > position) position = last;
      const outcome = String(screening?.outcome) as keyof typeof counts;
      if (rejection?.code === 'over-cap') rejected['over-cap'] = (rejected['over-cap'] ?? 0) + 1;
      else if (outcome in counts) counts[outcome]++;
      else unscreened++;
      onProgress(next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  const { clear, possible, conflict } = counts;
  return { rejected, clear, possible, inConflict: conflict, unscreened, position: String(position) };
};

/** The ids of all cases that the list has at `after`. */
export const caseIds = async (api: Api, after?: string): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === null ? after && { after } : { cursor }) });
    const { items, nextCursor } = (await read(api, `/v1/conflicts?${query.toString()}`)) as {
      items: readonly { id: string }[];
      nextCursor: string | null;
    };
    for (const { id } of items) ids.add(id);
    cursor = nextCursor;
  } while (cursor !== null);
  return ids;
};

/** Where the newest registration stands in the log: what a run writes comes after it. */
export const latestPosition = async (api: Api): Promise<bigint> => {
  const { items } = (await read(api, '/v1/registrations?limit=1')) as { items: readonly { id: string }[] };
  if (!items[0]) return 0n;
  return BigInt(String((await registration(api, items[0].id)).position));
};
