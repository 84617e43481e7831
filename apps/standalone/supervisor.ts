import { setTimeout as wait } from 'node:timers/promises';

/** Something that is up. `ended` resolves with the reason when it no longer is. */
export type Running = { readonly ended: Promise<string> };

export type Service = {
  /** It has been ready once. */
  readonly ready: Promise<void>;
  /** Rejects when it is given up, resolves after `stop`. */
  readonly over: Promise<void>;
  /** Resolves when it is down for good; never rejects. */
  stop(): Promise<void>;
};

const TIMES = 5;
const WITHIN_MS = 30_000;
const FIRST_PAUSE_MS = 200;

/**
 * Keeps something up: launches it again, after 0.2 to 1.6 s, whenever it ends or fails to come up, and gives up when
 * that happens 5 times within 30 s. `launch` resolves once it is ready, and ends it when its signal aborts.
 */
export const supervise = (
  name: string,
  launch: (signal: AbortSignal) => Promise<Running>,
  say: (line: string) => void,
): Service => {
  const controller = new AbortController();
  const { signal } = controller;
  const upOnce = new AbortController();
  const ready = new Promise<void>((resolve) => upOnce.signal.addEventListener('abort', () => resolve()));
  const failures: number[] = [];

  const keepUp = async () => {
    while (!signal.aborted) {
      const reason = await launch(signal)
        .then(({ ended }) => (upOnce.abort(), ended))
        .catch((fault: unknown) => (fault instanceof Error ? fault.message : String(fault)));
      if (signal.aborted) return;
      const now = performance.now();
      failures.push(now);
      const recent = failures.filter((at) => now - at < WITHIN_MS).length;
      if (recent >= TIMES)
        throw new Error(`gave ${name} up after ${TIMES} failures in ${WITHIN_MS / 1000} s: ${reason}`);
      say(`${reason.split('\n', 1)[0]}; starting it again`);
      await wait(FIRST_PAUSE_MS * 2 ** (recent - 1), undefined, { signal }).catch(() => undefined);
    }
  };
  const over = keepUp();
  const stop = async () => {
    controller.abort();
    await over.catch(() => undefined);
  };
  return { ready, over, stop };
};
