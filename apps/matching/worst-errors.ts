import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import type { Match } from '../../libs/matching/match.js';

/** A call that was wrong. `at` are the lines of the two records, one where they share it. */
export type Wrong = {
  readonly at: readonly number[];
  readonly left: ClaimRecord;
  readonly right: ClaimRecord;
  readonly match: Match;
  /** The search never proposed the pair: the match is what it would have been. */
  readonly notProposed?: true;
};

/** Keeps the worst `most` of each kind: wrongly flagged with the highest scores, missed with the lowest. */
export const worstErrors = (most: number) => {
  let [flagged, missed]: [Wrong[], Wrong[]] = [[], []];
  const cut = (least: number) => {
    if (flagged.length > least) flagged = flagged.toSorted((a, b) => b.match.score - a.match.score).slice(0, most);
    if (missed.length > least) missed = missed.toSorted((a, b) => a.match.score - b.match.score).slice(0, most);
  };
  return {
    isAsked: most > 0,
    see: (same: boolean, wrong: Wrong) => {
      const isMissed = wrong.match.verdict === 'none' || wrong.notProposed === true;
      if (most === 0 || same !== isMissed) return;
      (same ? missed : flagged).push(wrong);
      cut(2 * most + 100);
    },
    all: () => {
      cut(0);
      return { falsePositives: flagged, falseNegatives: missed };
    },
  };
};
export type WorstErrors = ReturnType<typeof worstErrors>;

export const errorsText = ({ falsePositives, falseNegatives }: ReturnType<WorstErrors['all']>): string =>
  [
    `\nWrongly flagged, the highest scores first\n`,
    ...falsePositives.map(wrongText),
    `\nMissed, the lowest scores first\n`,
    ...falseNegatives.map(wrongText),
  ].join('\n');

const wrongText = ({ at, left, right, match, notProposed }: Wrong): string =>
  [
    `line ${at.join(' and ')}: ${match.verdict} at ${match.score}${notProposed ? ', never proposed' : ''}`,
    `  ${recordText(left)}`,
    `  ${recordText(right)}`,
    ...match.fields.map(
      (each) =>
        `    ${each.weight >= 0 ? '+' : ''}${each.weight.toFixed(2)}  ${each.field} ${each.level}: ${each.left} | ${each.right}`,
    ),
    '',
  ].join('\n');

const recordText = ({ name, ...rest }: ClaimRecord): string =>
  [name, ...Object.values(rest).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))]
    .filter((part) => part !== '')
    .join(' · ');
