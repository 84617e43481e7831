import { Command, InvalidArgumentError } from 'commander';
import { runChaos } from './run.js';

const count = (text: string): number => {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('Give a number above 0.');
};
const options = new Command('soak')
  .description(
    "Load on the built programs while they, Postgres and the event log are killed and cut off from each other, as the seed says; then everything that was promised is checked against the log and the client's own record. Exit code 1: something did not hold. Ctrl-C ends the faults and goes on to the checks; once more ends it all.",
  )
  .option('--kills <number>', 'how many', count, 2_000)
  .option('--seed <text>', 'the faults of that seed again', String(Date.now()))
  .option('--minutes <number>', 'ends earlier than that', count, 720)
  .option('--rate <number>', 'steps a second at most', count, 40)
  .option('--keep', 'keeps the folder with stores, ledger and what the programs said', false)
  .option('--json', 'the summary as one JSON object on stdout', false)
  .parse()
  .opts<{ kills: number; seed: string; minutes: number; rate: number; keep: boolean; json: boolean }>();
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));
const { seed } = options;
console.error(`seed ${seed}`);
const report = await runChaos({
  seed,
  kills: options.kills,
  minutes: options.minutes,
  perSecond: options.rate,
  keep: options.keep,
  stopping: stopping.signal,
  say: (line) => console.error(line),
}).catch((fault: unknown) => {
  console.error(`seed ${seed}: ${fault instanceof Error ? fault.stack : String(fault)}`);
  process.exit(1);
});
if (options.json) console.log(JSON.stringify(report));
else {
  const { violations, ...summary } = report;
  console.log(summary);
  for (const violation of violations) console.log(violation);
}
if (report.violations.length > 0) {
  console.error(
    `${report.violations.length} violations; the same again: npm run soak -- --kills ${options.kills} --seed ${seed}`,
  );
  process.exit(1);
}
