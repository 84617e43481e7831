import type { Features } from './candidate-features.js';
import type { Term } from './candidate-statistics.js';

/** A claim that was found, by its place. */
export type Hit = { readonly place: number; readonly score: number };
/** By names and by keys, for themselves. */
export type Hits = { readonly names: readonly Hit[]; readonly keys: readonly Hit[] };

/** Of all that share a key the earliest so many are looked at: a telephone exchange or a web shop has no end of them. */
export const mostOfKey = 30;

const byScore = (a: Hit, b: Hit): number => b.score - a.score || a.place - b.place;

/** The best of two searches in different claims are those of one search in all of them. */
export const bestOf = (one: readonly Hit[], other: readonly Hit[], limit: number): Hit[] =>
  other.length === 0 ? one.slice(0, limit) : [...one, ...other].toSorted(byScore).slice(0, limit);

/**
 * The places to compare, best first. Who shares a key comes before who has the name alone, the surest first and of those
 * the likest name; but where many share one, as many as half leave room for names.
 */
export const proposed = ({ names, keys }: Hits, limit: number): number[] => {
  const likeness = new Map(names.map(({ place, score }) => [place, score]));
  const like = ({ place }: Hit) => likeness.get(place) ?? 0;
  const sure = keys.toSorted((a, b) => b.score - a.score || like(b) - like(a) || a.place - b.place);
  const room = Math.max(Math.ceil(limit / 2), limit - names.length);
  const places = new Set(sure.slice(0, room).map(({ place }) => place));
  for (const { place } of names) if (places.size < limit) places.add(place);
  for (const { place } of sure) if (places.size < limit) places.add(place);
  return [...places];
};

/** Claims in memory that are searched as the table is. */
export const openNewcomers = () => {
  const postings = new Map<number, Map<number, number>>();
  const entered = new Map<number, Features>();
  const leave = (place: number): void => {
    const features = entered.get(place);
    if (!features) return;
    entered.delete(place);
    for (const kind of [features.names, features.keys])
      for (const feature of kind.keys()) postings.get(feature)?.delete(place);
  };
  return {
    entered: entered as ReadonlyMap<number, Features>,
    enter(place: number, features: Features): void {
      leave(place);
      entered.set(place, features);
      for (const kind of [features.names, features.keys])
        for (const [feature, counts] of kind) {
          const known = postings.get(feature);
          if (known) known.set(place, counts);
          else postings.set(feature, new Map([[place, counts]]));
        }
    },
    leave,
    /** By names alone, in no order. */
    named(terms: readonly Term[]): Hit[] {
      const scores = new Map<number, number>();
      for (const { feature, weight } of terms)
        for (const [place, counts] of postings.get(feature) ?? [])
          scores.set(place, (scores.get(place) ?? 0) + weight * counts);
      return [...scores].map(([place, score]) => ({ place, score }));
    },
    having: (feature: number): readonly number[] => [...(postings.get(feature)?.keys() ?? [])],
  };
};
export type Newcomers = ReturnType<typeof openNewcomers>;
