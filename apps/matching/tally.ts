import type { MatchVerdict } from '../../libs/matching/match.js';

/** Counts, so that those of a whole are the sums of its parts'. */
export type Tally = Readonly<Record<Count, number>>;
type Count =
  // pairs judged; in a list, claims asked
  | 'judged'
  // pairs that are one customer, and of them those that the search proposed
  | 'same'
  | 'proposedSame'
  // pairs called certain, and at least possible, each with those that are right
  | 'certain'
  | 'certainRight'
  | 'flagged'
  | 'flaggedRight'
  // pairs called possible; in a list, claims whose best is that
  | 'review'
  // of a list only: pairs proposed, claims with a twin, of them flagged with it, and claims without one called certain
  | 'candidates'
  | 'twinned'
  | 'twinFlagged'
  | 'falseConflicts';

export const nothing: Tally = {
  judged: 0,
  same: 0,
  proposedSame: 0,
  certain: 0,
  certainRight: 0,
  flagged: 0,
  flaggedRight: 0,
  review: 0,
  candidates: 0,
  twinned: 0,
  twinFlagged: 0,
  falseConflicts: 0,
};

const counts = Object.keys(nothing) as Count[];

/** Adds in place: a bootstrap has millions of these. */
export const add = (total: Record<Count, number>, part: Tally, times = 1): void => {
  for (const count of counts) total[count] += part[count] * times;
};

/** Of one pair that was given as a pair. */
export const tallyOfPair = (same: boolean, verdict: MatchVerdict): Tally => ({
  ...nothing,
  ...callsOf([{ same, verdict }]),
  judged: 1,
  same: Number(same),
  review: Number(verdict === 'possible'),
});

export type Call = { readonly same: boolean; readonly verdict: MatchVerdict };

/** Of one claim of a list, that `twins` claims before it name the same customer as. */
export const tallyOfClaim = (calls: readonly Call[], twins: number): Record<Count, number> => {
  const isCertain = calls.some(({ verdict }) => verdict === 'certain');
  return {
    ...callsOf(calls),
    judged: 1,
    same: twins,
    proposedSame: calls.filter(({ same }) => same).length,
    review: Number(!isCertain && calls.some(({ verdict }) => verdict === 'possible')),
    candidates: calls.length,
    twinned: Number(twins > 0),
    twinFlagged: Number(calls.some(({ same, verdict }) => same && verdict !== 'none')),
    falseConflicts: Number(twins === 0 && isCertain),
  };
};

const callsOf = (calls: readonly Call[]) => {
  const certain = calls.filter(({ verdict }) => verdict === 'certain');
  const flagged = calls.filter(({ verdict }) => verdict !== 'none');
  return {
    certain: certain.length,
    certainRight: certain.filter(({ same }) => same).length,
    flagged: flagged.length,
    flaggedRight: flagged.filter(({ same }) => same).length,
  };
};

/** null where there is nothing to divide by: the precision of a matcher that called nothing is not known. */
export type Figure = number | null;
export type Figures = { readonly [name: string]: Figure | Figures };

const ratio = (part: number, whole: number): Figure => (whole === 0 ? null : part / whole);

const called = (right: number, all: number, same: number) => ({
  p: ratio(right, all),
  r: ratio(right, same),
  f1: ratio(2 * right, all + same),
});

/** What is asked of any set of pairs. */
export const pairFigures = (of: Tally) => ({
  certain: called(of.certainRight, of.certain, of.same),
  flagged: called(of.flaggedRight, of.flagged, of.same),
  reviewBand: ratio(of.review, of.judged),
});

/** What is asked of a list besides. */
export const streamFigures = (of: Tally) => ({
  completeness: ratio(of.proposedSame, of.same),
  candidatesPerClaim: ratio(of.candidates, of.judged),
  flaggedTwins: ratio(of.twinFlagged, of.twinned),
  falseConflicts: ratio(of.falseConflicts, of.judged - of.twinned),
});
