export type Progress = {
  /** `done` of `total`, in rows or whatever `what` counts; an estimated total is good enough. */
  readonly show: (what: string, done: number, total: number) => void;
  readonly note: (text: string) => void;
  readonly clear: () => void;
};

const silent: Progress = { show: () => undefined, note: () => undefined, clear: () => undefined };
const everyMs = 200;

/** One line on a terminal, rewritten: how many, how fast, how long still. Silent elsewhere. */
export const progressOn = (stream: NodeJS.WriteStream, quiet: boolean): Progress => {
  if (quiet || !stream.isTTY) return silent;
  let [phase, since, base, shown] = ['', 0, 0, 0];
  const write = (text: string) => stream.write(`\r\x1b[2K${text}`);
  return {
    show: (what, done, total) => {
      const now = Date.now();
      if (what !== phase) [phase, since, base, shown] = [what, now, done, 0];
      if (now - shown < everyMs && done < total) return;
      shown = now;
      const rate = ((done - base) / Math.max(now - since, 1)) * 1_000;
      const eta = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
      write(`${what}: ${done} of ${Math.max(done, Math.round(total))}, ${Math.round(rate)}/s${eta}`);
    },
    note: (text) => write(text),
    clear: () => write(''),
  };
};
