import { Command, InvalidArgumentError } from 'commander';
import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { standardThresholds } from '../../libs/matching/match.js';
import { CannotFinish } from '../import/failures.js';
import { progressOn } from '../import/progress.js';
import { figuresText } from './figures-text.js';
import { withKnownClaims } from './known-claims.js';
import { openLabelled } from './labelled-file.js';
import { measurePairs } from './measure-pairs.js';
import { measureStream } from './measure-stream.js';
import { type Measuring, wholeRows } from './measuring.js';
import { errorsText, worstErrors } from './worst-errors.js';

type Options = { readonly json?: boolean; readonly namesOnly?: boolean; readonly errors: number };

const count = (text: string): number => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number.');
};

const program = new Command('npm run matching:eval --')
  .description('Measures the matcher on a labelled CSV file; the header decides what is measured (docs/matching.md).')
  .argument('<file>', 'left,right,label · group,name,… · label and two records')
  .option('--json', 'one JSON object on stdout')
  .option('--names-only', 'show the matcher nothing but the names')
  .option('--errors <n>', 'also the worst n wrongly flagged and missed pairs, with fields and weights', count, 0);

const nameOf = ({ name }: ClaimRecord): ClaimRecord => ({ name });

const main = async (path: string, { json = false, namesOnly = false, errors }: Options): Promise<void> => {
  const progress = progressOn(process.stderr, json);
  const say = (line: string) => {
    progress.clear();
    process.stderr.write(`${line}\n`);
  };
  try {
    const file = await openLabelled(path);
    const { whole, skipped } = wholeRows(progress, say);
    const worst = worstErrors(errors);
    const measuring: Measuring = {
      thresholds: standardThresholds,
      seen: namesOnly ? nameOf : (record) => record,
      rows: whole,
      errors: worst,
    };
    const figures =
      file.mode === 'stream'
        ? await withKnownClaims((known) => measureStream(file, known, measuring))
        : await measurePairs(file, measuring);
    progress.clear();
    const result = { ...figures, skipped: skipped() };
    const wrong = errors > 0 ? worst.all() : undefined;
    if (json) process.stdout.write(`${JSON.stringify({ ...result, ...(wrong && { errors: wrong }) })}\n`);
    else process.stdout.write(figuresText(result) + (wrong ? errorsText(wrong) : ''));
  } catch (fault) {
    progress.clear();
    if (!(fault instanceof CannotFinish)) throw fault;
    process.stderr.write(`matching:eval: ${fault.message}\n`);
    process.exitCode = 1;
  }
};

program.action(main);
await program.parseAsync();
