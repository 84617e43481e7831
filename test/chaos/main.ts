import { parseArgs } from 'node:util';
import { runChaos } from './run.js';

const usage = `Usage: npm run soak -- [--kills 2000] [--seed text] [--minutes 720] [--rate 40] [--keep] [--json]

Load on the built programs while they, Postgres and the event log are killed and cut off from each other, as the seed says;
then everything that was promised is checked against the log and the client's own record. Exit code 1: something did not hold.
Ctrl-C ends the faults and goes on to the checks; once more ends it all.
  --kills    how many kills
  --minutes  ends earlier than that
  --rate     steps a second at most
  --keep     keeps the folder with stores, ledger and what the programs said
  --json     the summary as one JSON object on stdout`;

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now()) },
    minutes: { type: 'string', default: '720' },
    rate: { type: 'string', default: '40' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));
const { seed } = options;
console.error(`seed ${seed}`);
const report = await runChaos({
  seed,
  kills: Number(options.kills),
  minutes: Number(options.minutes),
  perSecond: Number(options.rate),
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
