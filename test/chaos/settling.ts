import { BACKWARDS, END, EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { queryAll } from './tables.js';

type Checkpoint = {
  readonly name: string;
  readonly position: string;
  readonly status: string;
  readonly error: string | null;
};

export const checkpointsOf = (url: string): Promise<Checkpoint[]> =>
  queryAll<Checkpoint>(url, 'SELECT name, position::text, status, error FROM processor_checkpoint ORDER BY name');

/** The position of the newest event. */
export const headOf = async (url: string): Promise<bigint> => {
  const client = EventStoreDBClient.connectionString(url);
  try {
    for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
      return event?.position.commit ?? 0n;
    return 0n;
  } finally {
    await client.dispose();
  }
};

export type Settled = {
  /** Until every processor had seen what was in the log when the wait began. */
  readonly lagSeconds: number;
  readonly processors: readonly string[];
};

const steadyMs = 3_000;

/** Waits until every processor has seen the newest event, and no new one has come for 3 s. Rejects after `within` ms. */
export const untilSettled = async (
  stores: { readonly eventStoreUrl: string; readonly databaseUrl: string },
  within: number,
  names: readonly string[] = [],
): Promise<Settled> => {
  const began = performance.now();
  let last = 'nothing was read yet';
  let [first, head] = [undefined as bigint | undefined, -1n];
  let [steadySince, lagSeconds] = [performance.now(), undefined as number | undefined];
  while (performance.now() - began < within) {
    try {
      const now = await headOf(stores.eventStoreUrl);
      first ??= now;
      const rows = await checkpointsOf(stores.databaseUrl);
      const stopped = rows.find(({ status }) => status !== 'running');
      if (stopped) throw new Error(`${stopped.name} is stopped: ${stopped.error}`);
      const absent = names.filter((name) => !rows.some((row) => row.name === name));
      const behind = (position: bigint) =>
        rows.filter((row) => BigInt(row.position) < position).map(({ name }) => name);
      if (absent.length === 0 && behind(first).length === 0) lagSeconds ??= (performance.now() - began) / 1_000;
      if (now !== head || behind(now).length > 0 || absent.length > 0) steadySince = performance.now();
      head = now;
      last = `head ${now}, behind: ${[...absent, ...behind(now)].join(', ') || 'nobody'}`;
      if (performance.now() - steadySince > steadyMs)
        return { lagSeconds: lagSeconds ?? Infinity, processors: rows.map(({ name }) => name) };
    } catch (fault) {
      last = String(fault);
    }
    await pause(200);
  }
  throw new Error(`not settled within ${within / 1_000} s: ${last}`);
};
