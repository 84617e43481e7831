import { quantile, rateOf } from './figures.mjs';

/**
 * A rebuild against the most that log and Postgres give one after the other: 1 / (1/raw read + 1/raw insert), all three in
 * turns. An event is taken for a row, as if each of them wrote one; `share` is of that, against a table with the view's
 * indexes, `shareOfBare` against one without any.
 */
export const measureReading = async ({ raw, table, stack, view, rounds, warm = true, say }) => {
  const runs = { readAll: [], insert: [], bare: [], rebuild: [] };
  let [reading, rebuilding] = [0, 0];
  for (let round = warm ? 0 : 1; round <= rounds; round++) {
    const read = await raw.run({ kind: 'readAll' });
    const { events, seconds, peakMemoryMb } = await stack.rebuild(view);
    const name = view.replaceAll('-', '_');
    const done = {
      readAll: { calls: read.events, seconds: read.seconds },
      rebuild: { calls: events, seconds },
      insert: await table.run({ table: name, indexes: true }),
      bare: await table.run({ table: name, indexes: false }),
    };
    const rates = Object.entries(done).map(([each, run]) => `${each} ${Math.round(run.calls / run.seconds)}/s`);
    say(`${round === 0 ? 'warm-up' : `round ${round}`}: ${rates.join(', ')}`);
    // the first warms the caches of the node and of Postgres
    if (round === 0) continue;
    reading = Math.max(reading, read.peakMemoryMb);
    rebuilding = Math.max(rebuilding, peakMemoryMb);
    for (const [each, run] of Object.entries(done)) runs[each].push(run);
  }
  // by rounds, so that whatever else the machine did meets all of a round alike
  const shareOf = (insert) =>
    quantile(
      runs.rebuild.map((rebuilt, round) => {
        return (perEvent(runs.readAll[round]) + perEvent(insert[round])) / perEvent(rebuilt);
      }),
      0.5,
    );
  return {
    view,
    events: runs.readAll[0].calls,
    rows: runs.insert[0].calls,
    readAll: rateOf(runs.readAll),
    insert: rateOf(runs.insert),
    bare: rateOf(runs.bare),
    rebuild: rateOf(runs.rebuild),
    share: shareOf(runs.insert),
    shareOfBare: shareOf(runs.bare),
    rebuildMemoryMb: rebuilding,
    readMemoryMb: reading,
  };
};

const perEvent = ({ calls, seconds }) => seconds / calls;
const lagOf = (text) => [...text.matchAll(/^tiebreak_processor_lag_events\S* (\S+)/gm)].map(([, lag]) => Number(lag));
const gauge = (text, name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? NaN);

/** A worker's memory while its views come to the end of the log, `patienceMs` at most. */
export const watchWorker = async ({ stack, port, patienceMs, signal, say }) => {
  const began = performance.now();
  const end = await stack.startWorker({ ROLES: 'views', WORKER_PORT: String(port) });
  const resident = [];
  let lags = [];
  while (!signal.aborted && performance.now() - began < patienceMs) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    resident.push(gauge(text, 'process_resident_memory_bytes') / 2 ** 20);
    lags = lagOf(text);
    if (lags.length > 0 && lags.every((lag) => lag === 0)) break;
    if (resident.length % 10 === 0)
      say(`worker: ${Math.round(resident.at(-1))} MB, ${Math.max(...lags)} events behind`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  await end();
  return {
    seconds: (performance.now() - began) / 1_000,
    behind: Math.max(...lags),
    medianMb: quantile(resident, 0.5),
    peakMb: Math.max(...resident),
  };
};
