import type { DataSource } from 'typeorm';
import { type EventStore, isAfter } from '../event-store/event-store.js';
import { type Checkpoint, listCheckpoints } from './checkpoint.js';

/** How many events of our categories the log holds; `estimated` where not all could be counted in time. */
type Count = { readonly logId: string; readonly position: string; readonly events: number };

export type Lag = Checkpoint & {
  /** Events of our categories that it hasn't seen; undefined where it stands in another log, or the log doesn't answer. */
  readonly behindEvents?: number;
  /** More than could be counted lie behind every checkpoint: `behindEvents` is worked out from their length in the log. */
  readonly estimated?: true;
};

/** Most events that one asking counts, and how long it takes for it. */
const countLimit = 2_000;
const countMs = 1_000;

/**
 * Every processor's row with its lag. A row counts the events up to its checkpoint, so the difference to the count at the
 * log's end is exact. What lies behind the foremost checkpoint is counted here, from where the asking before left off,
 * {@link countLimit} at most; the rest of a longer tail is estimated. As old as the rows are: 2.5 s at most.
 */
export const watchLag = (database: DataSource, store: Pick<EventStore, 'readAll' | 'head' | 'logId'>) => {
  let known: Count | undefined;

  const countTo = async (rows: readonly Checkpoint[]): Promise<Count & { readonly estimated: boolean }> => {
    const [logId, head] = await Promise.all([store.logId(), store.head()]);
    let count: Count = known?.logId === logId ? known : { logId, position: '0', events: 0 };
    for (const row of rows)
      if (row.logId === logId && isAfter(row.position, count.position) && !isAfter(row.position, head)) count = row;
    const until = performance.now() + countMs;
    let counted = 0;
    if (isAfter(head, count.position)) {
      for await (const { position } of store.readAll({ after: count.position, limit: countLimit })) {
        count = { logId, position, events: count.events + 1 };
        counted += 1;
        if (performance.now() > until) break;
      }
    }
    known = { logId, position: count.position, events: count.events };
    if (counted < countLimit && performance.now() <= until) return { ...known, estimated: false };
    const rest = (Number(head) - Number(count.position)) * (count.events / Number(count.position));
    return { ...known, events: count.events + Math.max(0, Math.round(rest)), estimated: rest > 0 };
  };

  return async (): Promise<readonly Lag[]> => {
    const rows = await listCheckpoints(database);
    const end = await inTime(countTo(rows));
    return rows.map((row) =>
      end?.logId === row.logId
        ? { ...row, behindEvents: Math.max(0, end.events - row.events), ...(end.estimated && { estimated: true }) }
        : row,
    );
  };
};

const inTime = async <T>(counting: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), countMs * 2);
  });
  return Promise.race([counting, late])
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
};
