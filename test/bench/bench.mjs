import { availableParallelism, cpus } from 'node:os';
import { Command } from 'commander';
import { partnerProfile, partners } from './deals.mjs';
import { rateOf, rounded, spreadOf, tableOf } from './figures.mjs';
import { measureReading, watchWorker } from './reading.mjs';
import { watchScreening } from './screened.mjs';
import { startStack } from './stack.mjs';

const program = new Command('bench')
  .description(
    'Measures on this machine, in a folder of its own that it removes: submissions through the api against raw appends, a rebuild against a raw read, and how soon a submission is screened. Judges nothing; within four minutes.',
  )
  .option('--quick', 'fewer and shorter rounds: a smoke test, no figures to keep')
  .option(
    '--million [events]',
    'instead: a log of a million events, rebuilt, and the memory of a worker over it; minutes',
  )
  .option('--json', 'one JSON object on stdout')
  .parse();
const { quick = false, json = false, million } = program.opts();

const inFlight = 64;
const view = 'registration-list';
const limitMs = million ? 3_600_000 : 225_000;
/** How long screening gets to come to the end of what was submitted. */
const patienceMs = 40_000;
const size = quick
  ? { rounds: 3, ms: 1_000, perSecond: 100, seconds: 3, burst: 300, readings: 1 }
  : { rounds: 5, ms: 3_000, perSecond: 100, seconds: 10, burst: 3_000, readings: 3 };

const say = (line) =>
  console.error(`${performance.now() / 1_000 < 10 ? ' ' : ''}${(performance.now() / 1_000).toFixed(0)} s  ${line}`);

const messageOf = (fault) => (fault instanceof Error ? fault.message : String(fault));
const complain = (line) => console.error(`bench: ${line}`);

const enrolPartners = async (url) => {
  const answer = await fetch(`${url}/demo/token`, {
    method: 'POST',
    body: new URLSearchParams({ persona: 'manager-1' }),
  });
  const headers = {
    authorization: `Bearer ${(await answer.json()).access_token}`,
    'content-type': 'application/json',
  };
  await Promise.all(
    partners.map(async (id) => {
      const body = JSON.stringify(partnerProfile(id));
      const saved = await fetch(`${url}/v1/partners/${id}`, { method: 'PUT', headers, body });
      if (!saved.ok) throw new Error(`PUT of ${id} was answered ${saved.status} ${await saved.text()}`);
    }),
  );
};

/** Numbers of deals: no two submissions of a run are about the same customer. */
let nextDeal = 1;
const take = (job) => ({ ...job, from: nextDeal });
const kept = (result) => {
  nextDeal = Math.max(nextDeal, result.next);
  return result;
};

const measureLatency = async (submitter, screening, signal) => {
  const { perSecond, seconds } = size;
  await submitter.run(take({ kind: 'closed', inFlight: 8, count: 200 })).then(kept);
  await screening.until(200, patienceMs, signal);
  const { sent } = await submitter.run(take({ kind: 'rate', perSecond, seconds })).then(kept);
  await screening.until(200 + sent.length, patienceMs, signal);
  const times = sent.flatMap(({ id, sentAt }) => (screening.seen.has(id) ? screening.seen.get(id) - sentAt : []));
  if (times.length === 0) throw new Error(`none of ${sent.length} was screened`);
  return {
    perSecond,
    submitted: sent.length,
    answered: spreadOf(sent.map(({ answeredMs }) => answeredMs)),
    screened: spreadOf(times),
  };
};

const measureBurst = async (submitter, screening, signal) => {
  const before = screening.seen.size;
  const began = performance.timeOrigin + performance.now();
  const { calls, seconds } = await submitter.run(take({ kind: 'closed', inFlight, count: size.burst })).then(kept);
  await screening.until(before + calls, patienceMs, signal);
  const arrivals = [...screening.seen.values()].slice(before);
  if (arrivals.length === 0) throw new Error(`none of ${calls} was screened`);
  const span = (arrivals.at(-1) - began) / 1_000;
  return {
    submitted: calls,
    submittedPerSecond: calls / seconds,
    screened: arrivals.length,
    screenedPerSecond: arrivals.length / span,
    seconds: span,
  };
};

/** Round by round in turns, so that whatever else the machine does meets all three alike. */
const measureWriting = async (raw, submitter, rounds) => {
  const runs = { appends: [], submissions: [], keyed: [] };
  for (let round = 0; round <= rounds; round++) {
    const ms = round === 0 ? Math.min(size.ms, 2_000) : size.ms;
    const done = {
      appends: await raw.run(take({ kind: 'append', inFlight, ms })).then(kept),
      submissions: await submitter.run(take({ kind: 'closed', inFlight, ms })).then(kept),
      keyed: await submitter.run(take({ kind: 'closed', inFlight, ms, keyed: true })).then(kept),
    };
    // the first warms up
    if (round > 0) for (const name of Object.keys(runs)) runs[name].push(done[name]);
    const rates = Object.entries(done).map(([name, { calls, seconds }]) => `${name} ${Math.round(calls / seconds)}/s`);
    say(`${round === 0 ? 'warm-up' : `round ${round}`}: ${rates.join(', ')}`);
  }
  const [appends, submissions, keyed] = [rateOf(runs.appends), rateOf(runs.submissions), rateOf(runs.keyed)];
  const [ratio, keyedRatio] = [submissions.median / appends.median, keyed.median / appends.median];
  return { appends, submissions, keyed, ratio, keyedRatio };
};

/** Brings a stack up for some steps, and down after them. A step that fails costs its own figures alone. */
const onStack = async (figures, { signal, ended }, steps) => {
  if (signal.aborted) return;
  say('bringing the event log, Postgres and the api up');
  const stack = await startStack();
  const step = async (title, name, work) => {
    if (signal.aborted) return;
    say(title);
    try {
      figures[name] = await work();
    } catch (fault) {
      if (!signal.aborted) complain(`${title}: ${messageOf(fault)}`);
    }
  };
  const measuring = async () => {
    await enrolPartners(stack.url);
    const raw = await stack.startClient('./log-client.mjs', stack.eventStoreUrl);
    const submitter = await stack.startClient('./submitter.mjs', stack.url);
    await steps({ stack, raw, submitter, step });
  };
  try {
    await Promise.race([measuring(), ended]);
  } finally {
    await stack.stop();
  }
};

// what it leaves to be screened would take minutes: it has a stack of its own
const withoutWorker = async ({ stack, raw, submitter, step }) => {
  await step('writes without a worker', 'alone', () => measureWriting(raw, submitter, size.rounds));
  await step('one api and two', 'apis', async () => measureApis(submitter, await bothApis(stack)));
};

const bothApis = async (stack) => stack.startClient('./submitter.mjs', stack.url, await stack.startApi());

const measureApis = async (one, two) => {
  const runs = { one: [], two: [] };
  for (let round = 0; round < Math.ceil(size.rounds / 2); round++)
    for (const [name, submitter] of Object.entries({ one, two }))
      runs[name].push(await submitter.run(take({ kind: 'closed', inFlight, ms: size.ms })).then(kept));
  const [alone, both] = [rateOf(runs.one), rateOf(runs.two)];
  return { one: alone, two: both, ratio: both.median / alone.median };
};

/** As many streams of seven events as make a million, or what was asked for. */
const overMillions = async ({ stack, raw, step }) => {
  const events = million === true ? 1_000_000 : Number(million);
  const table = await stack.startClient('./table-client.mjs', stack.databaseUrl);
  await step(`appends of ${events} events`, 'load', () =>
    raw.run({ kind: 'streams', inFlight, from: nextDeal, count: Math.ceil(events / 7) }).then(kept),
  );
  const reading = { raw, table, stack, view, rounds: 1, warm: false, say };
  await step(`a rebuild of ${view}`, 'reading', () => measureReading(reading));
  const signal = AbortSignal.timeout(limitMs);
  const watched = { stack, port: 39_000 + (process.pid % 900), patienceMs: 600_000, signal, say };
  await step('a worker whose views begin at the beginning', 'worker', () => watchWorker(watched));
};

const withWorker =
  (signal) =>
  async ({ stack, raw, submitter, step }) => {
    await stack.startWorker();
    const screening = await watchScreening(stack.eventStoreUrl);
    await step(`${size.perSecond} submissions a second`, 'latency', () => measureLatency(submitter, screening, signal));
    await step(`a burst of ${size.burst}`, 'burst', () => measureBurst(submitter, screening, signal));
    await screening.close();
    // the log holds nothing but the product's own events yet
    const table = await stack.startClient('./table-client.mjs', stack.databaseUrl);
    const reading = { raw, table, stack, view, rounds: size.readings, say };
    await step(`raw reads, raw inserts and rebuilds of ${view}`, 'reading', () => measureReading(reading));
    await table.stop();
    await step('writes beside the worker', 'beside', () => measureWriting(raw, submitter, Math.ceil(size.rounds / 2)));
  };

const main = async () => {
  const over = new AbortController();
  const late = setTimeout(() => over.abort(new Error('the time is up')), limitMs);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => over.abort(new Error('interrupted')));
  const ended = new Promise((_, reject) => over.signal.addEventListener('abort', () => reject(over.signal.reason)));
  ended.catch(() => undefined);
  const [{ model }] = cpus();
  const figures = {};
  const about = {
    machine: `${model.trim()} × ${availableParallelism()}, Node ${process.version}, the clients on the same machine`,
    shape: `medians of ${size.rounds} interleaved rounds of ${size.ms / 1_000} s${quick ? ' (--quick)' : ''}, lowest – highest`,
  };
  const course = { signal: over.signal, ended };
  try {
    if (million) await onStack(figures, course, overMillions);
    else {
      await onStack(figures, course, withoutWorker);
      await onStack(figures, course, withWorker(over.signal));
    }
  } catch (fault) {
    // what was measured until then is told all the same
    complain(messageOf(fault));
  }
  clearTimeout(late);
  console.log(json ? JSON.stringify(rounded({ ...about, ...figures })) : tableOf({ ...about, ...figures }));
  if (Object.keys(figures).length === 0) process.exitCode = 1;
};

await main();
process.exit();
