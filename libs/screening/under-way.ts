/** Commands that were sent and not yet answered, with what each may still change. */
export type UnderWay = {
  touches(marks: readonly string[]): boolean;
  /** Begins as soon as there is room. */
  start(marks: readonly string[], work: () => Promise<void>): Promise<void>;
  /** Waits for all; throws the first fault only after the last has come to its end, so that nothing goes on unseen. */
  settle(): Promise<void>;
};

export const openUnderWay = (most: number): UnderWay => {
  const running = new Map<Promise<void>, readonly string[]>();
  let faults: { readonly fault: unknown }[] = [];
  return {
    touches: (marks) => [...running.values()].some((each) => each.some((mark) => marks.includes(mark))),
    async start(marks, work) {
      while (running.size >= most) await Promise.race(running.keys());
      const run: Promise<void> = work()
        .catch((fault: unknown) => void faults.push({ fault }))
        .finally(() => running.delete(run));
      running.set(run, marks);
    },
    async settle() {
      await Promise.all(running.keys());
      const [first] = faults;
      faults = [];
      if (first) throw first.fault;
    },
  };
};
