/** Commands that were sent and not yet answered, with what each may still change. */
export type UnderWay = {
  /** After a fault, everything: what failed may be anybody's, and has left behind what was expected of it. */
  touches(marks: readonly string[]): boolean;
  /** The same of all that is under way now, to be asked later: whoever looked meanwhile may have seen it before its end. */
  sight(): (marks: readonly string[]) => boolean;
  /** Begins as soon as there is room; after a fault nothing any more, as settle() does. */
  start(marks: readonly string[], work: () => Promise<void>): Promise<void>;
  /** Waits for those that touch; after a fault, as settle() does. */
  outlast(marks: readonly string[]): Promise<void>;
  /** Waits for all; throws the first fault only after the last has come to its end, so that nothing goes on unseen. */
  settle(): Promise<void>;
};

export const openUnderWay = (most: number): UnderWay => {
  const running = new Map<Promise<void>, readonly string[]>();
  let faults: { readonly fault: unknown }[] = [];
  const settle = async (): Promise<void> => {
    await Promise.all(running.keys());
    const [first] = faults;
    faults = [];
    if (first) throw first.fault;
  };
  const touching = (marks: readonly string[], runs = [...running]) =>
    runs.filter(([, each]) => each.some((mark) => marks.includes(mark))).map(([run]) => run);
  const sight = () => {
    const runs = [...running];
    return (marks: readonly string[]) => faults.length > 0 || touching(marks, runs).length > 0;
  };
  return {
    touches: (marks) => sight()(marks),
    sight,
    async outlast(marks) {
      await Promise.all(touching(marks));
      if (faults.length > 0) await settle();
    },
    async start(marks, work) {
      while (running.size >= most) await Promise.race(running.keys());
      if (faults.length > 0) return settle();
      const run: Promise<void> = work()
        .catch((fault: unknown) => void faults.push({ fault }))
        .finally(() => running.delete(run));
      running.set(run, marks);
    },
    settle,
  };
};
