import type { EntityManager } from 'typeorm';
import { featuresOf } from './candidate-features.js';
import { list, numberOf, numberFor, type Question, search, unlist } from './candidate-postings.js';
import { bestOf, mostOfKey, openNewcomers, proposed } from './candidate-ranking.js';
import { openStatistics, termsOf } from './candidate-statistics.js';
import type { ClaimRecord } from './claim-record.js';

/** Claims that are compared with one. */
export const mostProposed = 15;

/** A claim in the index; `place` is its number among the vendor's claims, the earlier the lower. */
export type Indexed = { readonly place: number; readonly record: ClaimRecord };

/** Places of the claims to compare with what was asked, best first. */
export type Proposed = readonly number[];

/**
 * A search ahead for claims that come one after the other: each sees those before it as if they were in the index, and
 * gets what a search in its turn would have found, bar a change of the statistics.
 */
export type Procession = {
  /**
   * For the n-th of those asked, in its turn, but for `except`; with `spare`, whomever any so many could keep out too, and
   * maybe more.
   */
  propose(n: number, except?: number, spare?: number): Proposed;
  enter(claim: Indexed): void;
  /** It is found no more. */
  leave(place: number): void;
  /** Brings the index up to what entered and left. */
  write(): Promise<void>;
};

export type CandidateSearch = {
  /** For each record the places of its candidates among the vendor's live claims. */
  find(tx: EntityManager, vendor: string, asked: readonly ClaimRecord[], limit?: number): Promise<Proposed[]>;
  /** @param mayLeave how many claims of the index may leave it, or are excepted, before the last was asked for; at most */
  ahead(tx: EntityManager, vendor: string, asked: readonly ClaimRecord[], mayLeave: number): Promise<Procession>;
};

/** The search in `candidate_posting`. Keeps statistics in memory: one for a process. */
export const openCandidateSearch = (): CandidateSearch => {
  const statistics = openStatistics();

  const ahead = async (
    tx: EntityManager,
    vendor: string,
    asked: readonly ClaimRecord[],
    mayLeave: number,
    limit = mostProposed,
  ): Promise<Procession> => {
    const number = await numberOf(tx, vendor);
    const known = await statistics.of(tx, number);
    const questions = asked.map((record): Question => {
      const { names, keys } = featuresOf(record);
      return { terms: termsOf(names.keys(), known), keys: [...keys] };
    });
    const found = await search(tx, number, questions, limit + mayLeave, mostOfKey + mayLeave);
    const newcomers = openNewcomers();
    const left = new Set<number>();

    return {
      propose(n, except, spare = 0) {
        const { terms, keys } = questions[n]!;
        // half of the places are for keys: those that leave may all have been of one half
        const most = limit + 2 * spare;
        const stays = (place: number) => place !== except && !left.has(place);
        const names = bestOf(
          found.names[n]!.filter(({ place }) => stays(place)),
          newcomers.named(terms).filter(({ place }) => place !== except),
          most,
        );
        const sure = new Map<number, number>();
        for (const [at, [feature, counts]] of keys.entries()) {
          const earlier = found.keys[n]![at]!.filter(stays);
          const later = newcomers.having(feature).filter((place) => place !== except);
          const earliest = later.length === 0 ? earlier : [...earlier, ...later].toSorted((a, b) => a - b);
          for (const place of earliest.slice(0, mostOfKey + spare)) sure.set(place, (sure.get(place) ?? 0) + counts);
        }
        return proposed({ names, keys: [...sure].map(([place, score]) => ({ place, score })) }, most);
      },
      enter({ place, record }) {
        left.add(place);
        newcomers.enter(place, featuresOf(record));
      },
      leave(place) {
        left.add(place);
        newcomers.leave(place);
      },
      write: async () => {
        if (left.size > 0) await unlist(tx, number, [...left]);
        if (newcomers.entered.size > 0) await list(tx, await numberFor(tx, vendor), newcomers.entered);
      },
    };
  };

  return {
    ahead,
    async find(tx, vendor, asked, limit) {
      const procession = await ahead(tx, vendor, asked, 0, limit);
      return asked.map((_, n) => procession.propose(n));
    },
  };
};

/** Makes claims findable; one whose place is known is replaced. */
export const indexClaims = async (tx: EntityManager, vendor: string, claims: readonly Indexed[]): Promise<void> => {
  const number = await numberFor(tx, vendor);
  const entering = new Map(claims.map(({ place, record }) => [place, featuresOf(record)]));
  await unlist(tx, number, [...entering.keys()]);
  await list(tx, number, entering);
};

/** They are found no more. */
export const dropClaims = async (tx: EntityManager, vendor: string, places: readonly number[]): Promise<void> =>
  unlist(tx, await numberOf(tx, vendor), places);
