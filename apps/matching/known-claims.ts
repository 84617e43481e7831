import { candidateKeys } from '../../libs/matching/candidate-keys.js';
import type { ClaimRecord } from '../../libs/matching/claim-record.js';

/** A list's earlier claims, by the numbers they were added in, from 0. */
export type KnownClaims = {
  readonly add: (record: ClaimRecord) => Promise<void>;
  readonly similarTo: (record: ClaimRecord) => Promise<readonly number[]>;
};

const mostCompared = 300;

/** Those that share a candidate key, the best-sharing first. */
export const knownByKeys = (): KnownClaims => {
  const claims = new Map<string, number[]>();
  let next = 0;
  return {
    add: async (record) => {
      for (const key of candidateKeys(record)) {
        const sharing = claims.get(key);
        if (sharing) sharing.push(next);
        else claims.set(key, [next]);
      }
      next++;
    },
    similarTo: async (record) => {
      const shared = new Map<number, number>();
      for (const key of candidateKeys(record))
        for (const claim of claims.get(key) ?? []) shared.set(claim, (shared.get(claim) ?? 0) + 1);
      return [...shared]
        .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, mostCompared)
        .map(([claim]) => claim);
    },
  };
};
