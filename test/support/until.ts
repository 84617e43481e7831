import { setTimeout as wait } from 'node:timers/promises';

/** The first defined, true answer; rejects after `timeoutMs` naming `what` was waited for. */
export const until = async <T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<NonNullable<T>> => {
  for (const end = Date.now() + timeoutMs; ; await wait(20)) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
  }
};
