import type { Figure } from './tally.js';

/** Milliseconds at p50 and p95, each with the 95 % interval of its rank. */
export const timing = (ms: readonly number[]) => {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (rank: number): Figure => {
    const value = sorted[Math.min(Math.max(Math.round(rank), 0), sorted.length - 1)];
    return value === undefined ? null : Math.round(value * 1_000) / 1_000;
  };
  const quantile = (share: number) => {
    const rank = share * (sorted.length - 1);
    const off = 1.96 * Math.sqrt(sorted.length * share * (1 - share));
    return { value: at(rank), interval: sorted.length === 0 ? null : [at(rank - off), at(rank + off)] };
  };
  const [p50, p95] = [quantile(0.5), quantile(0.95)];
  return { msP50: p50.value, msP95: p95.value, interval: { msP50: p50.interval, msP95: p95.interval } };
};
