import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import type { Thresholds } from '../../libs/matching/match.js';
import type { Progress } from '../import/progress.js';
import type { Broken } from './labelled-file.js';
import type { WorstErrors } from './worst-errors.js';

/** What a measurement is made with, whatever the file. */
export type Measuring = {
  readonly thresholds: Thresholds;
  /** What the matcher is shown of a record. */
  readonly seen: (record: ClaimRecord) => ClaimRecord;
  readonly rows: ReturnType<typeof wholeRows>['whole'];
  readonly errors: WorstErrors;
};

const mostNamed = 20;
const shownEvery = 200;

/** Passes the rows that are whole and names the others once, however often the file is read. */
export const wholeRows = (progress: Progress, say: (line: string) => void) => {
  let [skipped, furthest] = [0, 0];
  const leaveOut = ({ at, broken }: Broken) => {
    if (at <= furthest) return;
    furthest = at;
    if (++skipped <= mostNamed) say(`line ${at} is left out: ${broken}`);
    if (skipped === mostNamed) say('further ones are only counted');
  };
  async function* whole<T extends object>(rows: AsyncIterable<T | Broken>, what = 'rows'): AsyncGenerator<T> {
    let read = 0;
    for await (const row of rows) {
      if (++read % shownEvery === 0) progress.note(`${what}: ${read}`);
      if ('broken' in row) leaveOut(row);
      else yield row;
    }
  }
  return { whole, skipped: () => skipped };
};
