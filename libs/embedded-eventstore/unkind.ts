/**
 * What a real node does to its clients on a bad day, for tests; all of it is off unless named. With a seed the numbers are
 * drawn: a delay from 0 to the one given, a count from 1 to twice the one given. The same seed draws the same again, for
 * the n-th append, the n-th answer and the n-th subscription of a node.
 */
export interface Unkindness {
  readonly seed?: number | undefined;
  /** A live subscriber that has this many events waiting behind a full connection is dropped, as by a real 23.10. */
  readonly dropSlowSubscribersAt?: number | undefined;
  /** A repeat that comes in while its original is being written gets no answer in time. */
  readonly silentOnConcurrentRepeat?: boolean | undefined;
  /** Milliseconds that the answer to an append that is done, and the first of a read or subscription, is late. */
  readonly answerDelay?: number | undefined;
  /** Every n-th append loses its connection after it was written and before it is answered. */
  readonly cutEveryAppend?: number | undefined;
  /** Every subscription loses its connection after this many events. */
  readonly cutSubscriptionsAfter?: number | undefined;
}

/** All of it, moderately: what `--unkind <seed>` makes of the program. */
export const badDay = (seed: number): Unkindness => ({
  seed,
  dropSlowSubscribersAt: 32,
  silentOnConcurrentRepeat: true,
  answerDelay: 20,
  cutEveryAppend: 200,
  cutSubscriptionsAfter: 500,
});

/** An unkindness at work in one node. */
export interface Mood {
  readonly dropSlowSubscribersAt: number;
  readonly silentOnConcurrentRepeat: boolean;
  /** Whether the next append that is done loses its connection. */
  cutsAppend(): boolean;
  /** Events that the next subscription gets before it loses its connection. */
  subscriptionLength(): number;
  /** Resolves when the next answer may be given; undefined: at once. */
  delay(): Promise<void> | undefined;
}

export function moodOf(unkind: Unkindness = {}): Mood {
  const { seed, answerDelay = 0, cutEveryAppend = 0, cutSubscriptionsAfter = 0 } = unkind;
  // a row of numbers per kind: how many appends there are must not change what happens to subscriptions
  const counts = (kind: number, count: number) => {
    if (count === 0) return () => Infinity;
    if (seed === undefined) return () => count;
    const draw = random(seed * 3 + kind);
    return () => 1 + Math.floor(draw() * (2 * count));
  };
  const tillCut = counts(0, cutEveryAppend);
  const lateness = random((seed ?? 0) * 3 + 2);
  let left = tillCut();
  return {
    dropSlowSubscribersAt: unkind.dropSlowSubscribersAt ?? Infinity,
    silentOnConcurrentRepeat: unkind.silentOnConcurrentRepeat ?? false,
    cutsAppend() {
      if (--left > 0) return false;
      left = tillCut();
      return true;
    },
    subscriptionLength: counts(1, cutSubscriptionsAfter),
    delay() {
      if (answerDelay === 0) return undefined;
      const ms = seed === undefined ? answerDelay : lateness() * answerDelay;
      return new Promise((resolve) => setTimeout(resolve, ms));
    },
  };
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
