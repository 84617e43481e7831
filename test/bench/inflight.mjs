/**
 * Keeps `inFlight` calls of `once` under way for `ms`, or until `count` of them were begun; then lets those end.
 *
 * @param {(n: number) => Promise<unknown>} once gets a number that no other call gets
 * @param {{ inFlight: number, from: number, ms?: number, count?: number }} load `from`: the first number
 * @returns {Promise<{ calls: number, seconds: number, next: number }>}
 */
export const keepInFlight = async (once, { inFlight, from, ms = Infinity, count = Infinity }) => {
  const began = performance.now();
  let next = from;
  const lane = async () => {
    while (next - from < count && performance.now() - began < ms) await once(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { calls: next - from, seconds: (performance.now() - began) / 1_000, next };
};

/**
 * Answers each job that the parent sends with what `work` makes of it, and ends with the parent.
 *
 * @param {(job: any) => Promise<object>} work
 */
export const serveJobs = (work) => {
  process.on('message', ({ ticket, job }) => {
    work(job).then(
      (result) => process.send({ ticket, result }),
      (fault) => process.send({ ticket, fault: fault instanceof Error ? fault.message : String(fault) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
  process.send({ ready: true });
};
