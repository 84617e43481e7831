import type { Claimant, ConflictType } from './conflict.events.js';

/**
 * What kind of conflict `claimants` have among themselves; it changes as they join and leave, unless it came of two
 * customers that were found to be one.
 */
export const conflictType = (claimants: readonly Claimant[], merged = false): ConflictType => {
  if (merged) return 'customer-merge';
  if (claimants.some(({ kind }) => kind === 'direct')) return 'partner-vs-direct';
  return new Set(claimants.map(({ partnerId }) => partnerId)).size === 1
    ? 'same-partner-duplicate'
    : 'partner-vs-partner';
};

/** The vendor's own claims alone are no conflict, and neither is a single claim. */
export const areInConflict = (claimants: readonly Claimant[]): boolean =>
  claimants.length > 1 && claimants.some(({ kind }) => kind === 'registration');

export const without = (claimants: readonly Claimant[], claimId: string): readonly Claimant[] =>
  claimants.filter((each) => each.claimId !== claimId);

export const claimantOf = (claimants: readonly Claimant[], claimId: string): Claimant | undefined =>
  claimants.find((each) => each.claimId === claimId);
