import { Command, InvalidArgumentError, Option } from 'commander';
import { apiAt, reasonOf } from './api.js';
import { openCsv } from './csv-file.js';
import { type Encoding, encodings } from './csv-records.js';
import { CannotFinish } from './failures.js';
import { progressOn } from './progress.js';
import { reportTo } from './report.js';
import { runImport, type Source } from './run.js';
import { type SheetName, sheets } from './sheets.js';
import { summaryText } from './summary-text.js';
import { tokensFrom } from './tokens.js';
import { transportTo } from './transport.js';

type Options = Partial<Record<SheetName, string>> & {
  readonly url: string;
  readonly report?: string;
  readonly tokens?: string;
  readonly encoding: Encoding;
  readonly patience: number;
  readonly json?: true;
};

const httpUrl = (text: string): string => {
  if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('An address like http://127.0.0.1:3000.');
};

const seconds = (text: string): number => {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number of seconds.');
};

const program = new Command('npm run import --')
  .description(
    'Sends partners, direct claims and registrations from CSV files to a running Tiebreak, in that order, and waits\n' +
      'for their screening. Run it again after an interruption: what is there already is not added twice.',
  )
  .requiredOption('--url <url>', 'the API, e.g. http://127.0.0.1:3000', httpUrl)
  .option('--partners <file>', 'CSV of partners')
  .option('--direct <file>', "CSV of direct claims (the vendor's own opportunities)")
  .option('--registrations <file>', 'CSV of registrations')
  .option('--report <file>', 'write what became of each row to this file, NDJSON')
  .option(
    '--tokens <file>',
    'JSON object of bearer tokens: partner id → token, and "manager"; else the quick start’s own',
  )
  .addOption(new Option('--encoding <name>', 'of the CSV files').choices(encodings).default('utf-8'))
  .option(
    '--patience <seconds>',
    'how long to wait for an API that is away, or a screening that stands still',
    seconds,
    120,
  )
  .option('--json', 'the result as one JSON object; no progress')
  .addHelpText('after', '\nThe columns, codes and exit codes are in docs/import.md.');

const main = async (options: Options): Promise<void> => {
  const halt = new AbortController();
  const stop = () => halt.abort(new CannotFinish('stopped; the same command goes on where it was'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const progress = progressOn(process.stderr, options.json ?? false);
  try {
    const sources: Source[] = [];
    for (const sheet of Object.keys(sheets) as SheetName[]) {
      const path = options[sheet];
      if (path !== undefined)
        sources.push({ sheet, file: await openCsv(path, sheets[sheet].required, options.encoding) });
    }
    if (sources.length === 0) throw new CannotFinish('give at least one of --partners, --direct, --registrations');
    const tokens = options.tokens === undefined ? undefined : await tokensFrom(options.tokens);
    await reach(options.url, halt.signal);
    const patienceMs = options.patience * 1_000;
    const summary = await runImport(sources, {
      api: apiAt({
        url: options.url,
        ...(tokens && { tokens }),
        patienceMs,
        halt: halt.signal,
        onWait: (why) => progress.note(`waiting for the API: ${why}`),
      }),
      report: await reportTo(options.report, [...sources.map(({ file }) => file.path), options.tokens]),
      progress,
      halt: halt.signal,
      screeningPatienceMs: patienceMs,
    });
    process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
  } catch (fault) {
    progress.clear();
    const reason = halt.signal.aborted ? (halt.signal.reason as Error) : fault;
    if (!(reason instanceof CannotFinish)) throw reason;
    process.stderr.write(`import: ${reason.message}\n`);
    process.exitCode = halt.signal.aborted ? 130 : 1;
  }
};

/** A wrong address shows at once; only an API that was there is waited for. */
const reach = async (url: string, halt: AbortSignal): Promise<void> => {
  try {
    await transportTo(url.replace(/\/+$/, ''), halt)('/livez', { method: 'GET' });
  } catch (fault) {
    throw new CannotFinish(`${url} can't be reached: ${reasonOf(fault)}`);
  }
};

await main(program.parse().opts<Options>());
