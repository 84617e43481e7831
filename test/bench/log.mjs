import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { quantile, rounded } from './figures.mjs';
import { startClient } from './stack.mjs';

const program = new Command('bench:log')
  .description(
    'Measures the embedded node on disk against the same node in memory, each from a client process of its own, in turns: one-event appends and readAll.',
  )
  .option('--rounds <number>', 'interleaved rounds', Number, 5)
  .option('--seconds <number>', 'of appends in a round, per node', Number, 3)
  .option('--in-flight <number>', 'appends under way at once', Number, 64)
  .option('--events <number>', 'events of a read', Number, 50_000)
  .option('--json', 'one JSON object on stdout')
  .parse();
const { rounds, seconds, inFlight, events, json = false } = program.opts();

const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'bench-log-'));

/** CPU that a process has used, its threads included, in seconds; NaN where the system does not tell. */
const cpuOf = (pid) => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return NaN;
  }
};

const startNode = async (...args) => {
  const child = spawn(
    process.execPath,
    [fromHere('../../dist/libs/embedded-eventstore/main.js'), '--port', '0', ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => resolve(/^ready (\S+)/.exec(line)?.[1]));
    void gone.then(() => reject(new Error('the node ended')));
  });
  const client = await startClient(fromHere('./log-client.mjs'), [url]);
  return {
    /** A job of the client, with the CPU seconds that the node used meanwhile. */
    run: async (job) => {
      const before = cpuOf(child.pid);
      const result = await client.run(job);
      return { ...result, nodeCpuSeconds: cpuOf(child.pid) - before };
    },
    stop: async () => {
      await client.stop();
      child.kill('SIGTERM');
      await gone;
    },
  };
};

const nodes = { memory: await startNode('--memory'), disk: await startNode('--data', join(folder, 'log')) };
const runs = { appends: { memory: [], disk: [] }, reads: { memory: [], disk: [] } };
let next = 1;
for (let round = 0; round <= rounds; round++) {
  // who begins changes, so that neither always has the warmer machine
  const order = round % 2 ? ['memory', 'disk'] : ['disk', 'memory'];
  const line = [];
  for (const kind of ['appends', 'reads'])
    for (const name of order) {
      const job =
        kind === 'appends'
          ? { kind: 'append', inFlight, ms: seconds * 1_000, from: next }
          : { kind: 'readAll', maxCount: events };
      const result = await nodes[name].run(job);
      next = result.next ?? next;
      const count = result.calls ?? result.events;
      const rate = count / result.seconds;
      const perEvent = { client: (result.cpuSeconds / count) * 1e6, node: (result.nodeCpuSeconds / count) * 1e6 };
      line.push(
        `${kind} ${name} ${Math.round(rate)}/s (${perEvent.client.toFixed(0)} + ${perEvent.node.toFixed(0)} µs)`,
      );
      // the first round warms up
      if (round > 0) runs[kind][name].push({ count, rate, perEvent });
    }
  console.error(`${round === 0 ? 'warm-up' : `round ${round}`}: ${line.join(', ')}`);
}
await Promise.all(Object.values(nodes).map((node) => node.stop()));
await rm(folder, { recursive: true, force: true });

const median = (list, of) => quantile(list.map(of), 0.5);
const figures = (kind) => {
  const of = (name) => ({
    perSecond: median(runs[kind][name], ({ rate }) => rate),
    events: median(runs[kind][name], ({ count }) => count),
    clientMicroseconds: median(runs[kind][name], ({ perEvent }) => perEvent.client),
    nodeMicroseconds: median(runs[kind][name], ({ perEvent }) => perEvent.node),
  });
  const [memory, disk] = [of('memory'), of('disk')];
  return {
    memory,
    disk,
    ratio: disk.perSecond / memory.perSecond,
    // of rounds, whose two halves had about the same neighbours
    ratioOfRounds: median(runs[kind].disk, (run) => run.rate / runs[kind].memory[runs[kind].disk.indexOf(run)].rate),
    nodeOfClientCpu: disk.nodeMicroseconds / disk.clientMicroseconds,
  };
};
const [{ model }] = cpus();
const result = {
  machine: `${model.trim()} × ${availableParallelism()}, Node ${process.version}, the clients on the same machine`,
  shape: `medians of ${rounds} interleaved rounds; ${inFlight} appends in flight for ${seconds} s, readAll of ${events} events`,
  appends: figures('appends'),
  reads: figures('reads'),
};
const told = (title, { memory, disk, ratio, ratioOfRounds, nodeOfClientCpu }) =>
  `${title}: ${Math.round(disk.perSecond)}/s on disk, ${Math.round(memory.perSecond)}/s in memory, ratio ${ratio.toFixed(2)} ` +
  `(of rounds ${ratioOfRounds.toFixed(2)}); CPU on disk: client ${disk.clientMicroseconds.toFixed(0)} µs, ` +
  `node ${disk.nodeMicroseconds.toFixed(1)} µs, ${nodeOfClientCpu.toFixed(2)} of the client's; ` +
  `in memory: ${memory.clientMicroseconds.toFixed(0)} and ${memory.nodeMicroseconds.toFixed(1)} µs`;
console.log(
  json
    ? JSON.stringify(rounded(result))
    : [result.machine, result.shape, told('appends', result.appends), told('readAll', result.reads)].join('\n'),
);
