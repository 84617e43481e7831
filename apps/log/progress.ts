/** What is under way: `events` so far, and how far `at` is on the way to `end`, in whatever unit; end 0: not known. */
export type Progress = {
  readonly show: (what: string, events: number, at: number, end: number) => void;
  readonly note: (text: string) => void;
  readonly clear: () => void;
};

/** Rate, percent and time left: a line that stays where it is on a terminal, a line every five seconds elsewhere. */
export const progressOn = (stream: NodeJS.WriteStream): Progress => {
  const everyMs = stream.isTTY ? 200 : 5_000;
  let phase = '';
  let shown = performance.now();
  let base = { time: 0, events: 0, at: 0 };
  const clear = () => void (stream.isTTY && stream.write('\r\u001B[2K'));
  return {
    show(what, events, at, end) {
      const now = performance.now();
      if (what !== phase) {
        phase = what;
        base = { time: now, events, at };
      }
      if (now - shown < everyMs) return;
      shown = now;
      const seconds = Math.max(now - base.time, 1) / 1_000;
      const left = at > base.at && end > 0 ? `, ${Math.ceil((end - at) / ((at - base.at) / seconds))} s left` : '';
      const percent = end > 0 ? `, ${Math.floor((100 * at) / end)} %` : '';
      clear();
      const text = `${what}: ${events} events, ${Math.round((events - base.events) / seconds)}/s${percent}${left}`;
      stream.write(stream.isTTY ? text : `${text}\n`);
    },
    note(text) {
      clear();
      stream.write(`${text}\n`);
    },
    clear,
  };
};
