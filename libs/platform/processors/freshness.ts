import { setTimeout as pause } from 'node:timers/promises';
import { isAfter } from '../event-store/event-store.js';
import { readCheckpoint, type Sql } from './checkpoint.js';

/** Waits until the view has seen the log up to `position`; false where it hasn't after `timeoutMs`. */
export const waitUntilSeen = async (
  database: Sql,
  viewName: string,
  position: string,
  timeoutMs = 2_000,
): Promise<boolean> => {
  const until = performance.now() + timeoutMs;
  for (let wait = 5; ; wait = Math.min(wait * 2, 20)) {
    const row = await readCheckpoint(database, viewName);
    if (row && !isAfter(position, row.position)) return true;
    if (performance.now() + wait > until) return false;
    await pause(wait);
  }
};
