import { HttpProblem, invalid } from './problem.js';

/**
 * The revision of `If-Match: "<revision>"`; undefined where the header isn't sent. A weak tag, a list or `*` is refused
 * with 400, an absent but `needed` one with 428.
 */
export const revisionOf = (header: string | undefined, needed: boolean): number | undefined => {
  if (header === undefined) {
    if (needed) throw new HttpProblem(428, 'precondition.required');
    return undefined;
  }
  const [, digits] = /^"(\d{1,15})"$/.exec(header.trim()) ?? [];
  if (digits === undefined) throw invalid('/headers/if-match', 'header.malformed', 'must be one ETag, e.g. "12"');
  return Number(digits);
};

export const etagOf = (revision: number): string => `"${revision}"`;
