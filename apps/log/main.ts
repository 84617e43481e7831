import { Command } from 'commander';
import { checkLog, type Checked } from './check.js';
import { type Copied, copyLog, type Watched } from './copy.js';
import { checkFolder } from './data-folder.js';
import { CannotFinish } from './failures.js';
import { exportLog, importLog } from './file.js';
import { progressOn } from './progress.js';
import { RawLog, reasonOf } from './raw-log.js';

type Flags = { readonly json?: true };

const connection = 'a connection string, e.g. esdb://127.0.0.1:2113?tls=false';
const logs: RawLog[] = [];
const connect = (url: string): RawLog => {
  const log = RawLog.connect(url);
  logs.push(log);
  return log;
};

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () =>
    stopping.abort(new CannotFinish('stopped; the same command goes on where it was, an export begins anew')),
  );

/** Runs an action with its progress on stderr; a fault is one line there and exit code 1, after Ctrl-C 130. */
const run = async (act: (watched: Watched) => Promise<void>): Promise<void> => {
  const progress = progressOn(process.stderr);
  try {
    await act({ progress, signal: stopping.signal });
  } catch (fault) {
    progress.clear();
    process.exitCode = stopping.signal.aborted ? 130 : 1;
    process.stderr.write(`log: ${reasonOf(stopping.signal.aborted ? stopping.signal.reason : fault)}\n`);
  }
  // not awaited: the client waits for a read that has no answer
  for (const log of logs) log.close().catch(() => undefined);
};

const say = (json: boolean | undefined, result: object, text: string): void => {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${text}\n`);
};

const copiedText = ({ copied, verified, more, seconds, eventsPerSecond }: Copied): string =>
  [
    `${copied} events copied in ${seconds.toFixed(1)} s (${eventsPerSecond}/s)`,
    verified === undefined
      ? 'not compared: standard input can be read once only'
      : `both logs have the same ${verified} events in the same order`,
    ...(more ? ['the source was written to meanwhile: the same command catches up'] : []),
  ].join('\n');

const checkedText = ({ events, streams, faults, faultCount, seconds }: Checked): string =>
  [
    ...faults,
    ...(faultCount > faults.length ? [`… and ${faultCount - faults.length} more`] : []),
    `${events} events in ${streams} streams checked in ${seconds.toFixed(1)} s: ${
      faultCount === 0 ? 'no faults' : `${faultCount} ${faultCount === 1 ? 'fault' : 'faults'}`
    }`,
  ].join('\n');

const program = new Command('npm run log --')
  .description('Moves, checks and exports a whole log, of the embedded node or of an EventStoreDB.')
  .addHelpText('after', '\nWhat is kept, the format of a line and how to switch over are in docs/operations.md.');

program
  .command('copy')
  .description(
    'Copies a log up to its present end into an empty one and compares both. Run it again after an interruption, or ' +
      'to catch up with a source that was written to: it goes on behind what the target has.',
  )
  .requiredOption('--from <connection>', connection)
  .requiredOption('--to <connection>', connection)
  .option('--json', 'the result as one JSON object')
  .action(({ from, to, json }: Flags & { readonly from: string; readonly to: string }) =>
    run(async (watched) => {
      if (from === to) throw new CannotFinish('--from and --to are the same log');
      const result = await copyLog(connect(from), connect(to), watched);
      say(json, result, copiedText(result));
    }),
  );

program
  .command('verify')
  .description('Checks a log: revisions without gaps, positions, ids, and that our events can be read as ours.')
  .argument('<log>', `${connection}, or the data folder of an embedded log that nothing runs on`)
  .option('--json', 'the result as one JSON object')
  .action((url: string, { json }: Flags) =>
    run(async (watched) => {
      const result = await (/^esdb(\+discover)?:/.test(url)
        ? checkLog(connect(url), watched)
        : checkFolder(url, watched));
      say(json, result, checkedText(result));
      if (result.faultCount > 0) process.exitCode = 1;
    }),
  );

program
  .command('export')
  .description('Writes a log up to its present end, a line of JSON an event.')
  .requiredOption('--from <connection>', connection)
  .argument('[file]', 'a new file, or - for standard output', '-')
  .action((path: string, { from }: { readonly from: string }) =>
    run(async (watched) => {
      const events = await exportLog(connect(from), path, watched);
      process.stderr.write(`${events} events exported\n`);
    }),
  );

program
  .command('import')
  .description('Appends what an export holds to an empty log and compares both. Run it again after an interruption.')
  .requiredOption('--to <connection>', connection)
  .argument('[file]', 'of log export, or - for standard input', '-')
  .option('--json', 'the result as one JSON object')
  .action((path: string, { to, json }: Flags & { readonly to: string }) =>
    run(async (watched) => {
      const result = await importLog(connect(to), path, watched);
      say(json, result, copiedText(result));
    }),
  );

await program.parseAsync();
