#!/usr/bin/env node
// Differential traces of an EventStoreDB-protocol server, through the official client.
//
//   node trace.mjs record --connection esdb://127.0.0.1:2113?tls=false --seed 7 --ops 300 > seed-7.ndjson
//   node trace.mjs check  --connection esdb://127.0.0.1:2113?tls=false FILE...
//
// `record` makes a random sequence of calls from the seed, runs it, and writes one line per call: {i, op, out}.
// `check` runs the same calls on another server (each file needs streams that do not exist there yet: use a fresh
// node, or --prefix) and prints every call whose outcome differs. Exit code: 0 equal, 1 different, 2 not run.
// Outcomes hold what a client can see, without what may differ between servers: a position is written as the rank of
// its event ("#12"), times are left out, an event appears as "stream@revision eN type", eN being the N-th event that
// the sequence made (its id follows from the run). A call that the recorded server never answered ("no-answer") is
// not compared.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const db = require('@eventstore/db-client');
const { ANY, NO_STREAM, STREAM_EXISTS, START, END, FORWARDS, BACKWARDS } = db;

const args = process.argv.slice(2);
const mode = args.shift();
const options = {};
const files = [];
while (args.length) {
  const a = args.shift();
  if (a.startsWith('--')) options[a.slice(2)] = args.shift();
  else files.push(a);
}
const usage = () => {
  console.error(
    'usage: trace.mjs record|check --connection URL [--seed N --ops N] [--prefix P] [--no-answer-ms N] FILE...',
  );
  process.exit(2);
};
if (!['record', 'check'].includes(mode) || !options.connection) usage();

const random = (seed) => {
  let a = seed >>> 0; // mulberry32
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
const idOf = (run, n) => {
  const h = createHash('sha256').update(`${run}/${n}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

// ---------------------------------------------------------------- the sequence: plain JSON, made from the seed and what was answered so far
function* sequence(seed, count) {
  const r = random(seed);
  const int = (n) => Math.floor(r() * n);
  const pick = (xs) => xs[int(xs.length)];
  const streams = Array.from({ length: 5 }, (_, n) => `s${seed}-${'abcde'[n]}`);
  const links = `s${seed}-links`;
  const sent = new Map(streams.map((s) => [s, []])); // requests sent per stream
  let made = 0;
  const fresh = () => ({ n: made++, type: pick(['t1', 't2', 'other']), binary: r() < 0.15 });
  const revisions = new Map(); // highest revision answered per stream
  const near = (s) => Math.max(0, (revisions.get(s) ?? -1) + int(5) - 2);
  for (let i = 0; i < count; i++) {
    const s = pick(streams);
    const x = r();
    let op;
    if (x < 0.42) {
      const old = sent.get(s);
      const y = r();
      let events, expected;
      if (old.length && y < 0.3) {
        const was = pick(old.slice(-6)); // a retry: the whole, a contiguous part, or a part and something new
        const from = r() < 0.6 ? 0 : int(was.events.length);
        const to = r() < 0.6 ? was.events.length : from + 1 + int(was.events.length - from);
        events = was.events.slice(from, to);
        if (r() < 0.2) events = [...events, fresh()];
        expected = r() < 0.6 ? was.expected : undefined;
      } else events = Array.from({ length: 1 + int(r() < 0.2 ? 5 : 2) }, fresh);
      if (expected === undefined) {
        const z = r();
        expected =
          z < 0.3
            ? 'any'
            : z < 0.45
              ? 'no_stream'
              : z < 0.55
                ? 'stream_exists'
                : z < 0.85
                  ? (revisions.get(s) ?? 'no_stream')
                  : near(s);
      }
      op = { do: 'append', stream: s, events, expected, classic: r() < 0.25 };
      old.push(op);
    } else if (x < 0.58) {
      const back = r() < 0.4;
      const from = r() < 0.4 ? 'start' : r() < 0.3 ? 'end' : near(s);
      op = {
        do: 'readStream',
        stream: r() < 0.15 ? `$$${s}` : s,
        back,
        from: !back && from === 'end' ? 'start' : from,
        max: r() < 0.4 ? 1 + int(4) : undefined,
      };
    } else if (x < 0.68) op = { do: 'readAll', back: r() < 0.4, at: r() < 0.3 ? undefined : int(60), max: 1 + int(20) };
    else if (x < 0.76)
      op = {
        do: 'setMetadata',
        stream: s,
        metadata: pick([
          { maxCount: 1 + int(4) },
          { truncateBefore: near(s) },
          { maxAge: 86400 },
          {},
          { maxCount: 3, truncateBefore: near(s) },
          { owner: 'x', maxCount: 5 },
        ]),
        expected: r() < 0.7 ? 'any' : pick(['no_stream', 'stream_exists', int(3)]),
      };
    else if (x < 0.82) op = { do: 'getMetadata', stream: s };
    else if (x < 0.87) op = { do: 'delete', stream: s, expected: r() < 0.5 ? 'any' : (revisions.get(s) ?? near(s)) };
    else if (x < 0.88) op = { do: 'tombstone', stream: s, expected: r() < 0.5 ? 'any' : (revisions.get(s) ?? near(s)) };
    else if (x < 0.91) op = { do: 'link', stream: links, to: `${r() < 0.8 ? near(s) : 99}@${s}` };
    else if (x < 0.94) op = { do: 'readLinks', stream: links, resolve: r() < 0.7, back: r() < 0.3 };
    else if (x < 0.97)
      op = {
        do: 'catchUpAll',
        at: r() < 0.4 ? undefined : int(60),
        prefixes: r() < 0.6 ? [`s${seed}-`] : [`${s}`, streams[0]],
        by: r() < 0.7 ? 'stream' : 'type',
        types: ['t1', 'oth'],
      };
    else op = { do: 'catchUpStream', stream: s, from: r() < 0.5 ? undefined : near(s), resolve: false };
    const out = yield op;
    if (op.do === 'append' && out.revision !== undefined)
      revisions.set(s, Math.max(revisions.get(s) ?? -1, Number(out.revision)));
  }
}

// ---------------------------------------------------------------- one call, run and written down
class Runner {
  constructor(client, seed, prefix, patience) {
    Object.assign(this, { client, seed, prefix, patience, ranks: new Map(), positions: [], names: new Map() });
    this.own = `${prefix}s${seed}-`;
  }
  name = (s) => (s.startsWith('$$') ? `$$${this.prefix}${s.slice(2)}` : `${this.prefix}${s}`);
  unname = (s) => s.replace(this.prefix, '');
  rank(position) {
    const key = String(position.commit);
    return this.ranks.has(key) ? this.ranks.get(key) : '?';
  }
  learn(position) {
    const key = String(position.commit);
    if (this.ranks.has(key)) return;
    this.ranks.set(key, this.positions.length);
    this.positions.push(position);
  }
  /** The id of the n-th event of this run, remembered so that it can be shown by its number. */
  id(n) {
    const id = idOf(`${this.prefix}${this.seed}`, n);
    this.names.set(id, `e${n}`);
    return id;
  }
  mine = (e) => e && (e.streamId.startsWith(this.own) || e.streamId.startsWith(`$$${this.own}`));
  show(e) {
    if (!e) return null;
    const id = /^\$(metadata|streamDeleted)$/.test(e.type) ? '' : ` ${this.names.get(e.id) ?? '?'}`;
    const data = e.type === '$metadata' ? ` ${JSON.stringify(e.data, Object.keys(e.data ?? {}).toSorted())}` : '';
    return `${this.unname(e.streamId)}@${e.revision}${id} ${e.type}${data}`;
  }
  expected = (x) =>
    x === 'any' ? ANY : x === 'no_stream' ? NO_STREAM : x === 'stream_exists' ? STREAM_EXISTS : BigInt(x);
  event = ({ n, type, binary }) =>
    binary
      ? db.binaryEvent({ id: this.id(n), type, data: Buffer.from(`b${n}`), metadata: Buffer.from('m') })
      : db.jsonEvent({ id: this.id(n), type, data: { n }, metadata: { m: n } });
  async collect(iterable, keep) {
    const out = [];
    for await (const e of iterable) if (keep(e)) out.push(e);
    return out;
  }
  /** Everything of ours in $all, in order: from it come the ranks that positions are written as. */
  async survey() {
    const fromPosition = this.positions.at(-1) ?? START;
    const all = await this.collect(this.client.readAll({ fromPosition, maxCount: 1_000_000 }), (e) =>
      this.mine(e.event),
    );
    for (const e of all) this.learn(e.event.position);
  }
  fail(e) {
    const known = { type: e.type ?? e.constructor?.name };
    if (known.type === 'wrong-expected-version') known.actual = String(e.actualVersion);
    if (known.type === undefined || known.type === 'unknown') known.type = 'unknown';
    return { error: known };
  }
  async run(op) {
    let timer;
    const late = new Promise((ok) => (timer = setTimeout(() => ok({ error: { type: 'no-answer' } }), this.patience)));
    const work = this[op.do](op).catch((e) => this.fail(e));
    const out = await Promise.race([work, late]);
    clearTimeout(timer);
    return out;
  }
  async append({ stream, events, expected, classic }) {
    const o = { expectedRevision: this.expected(expected) };
    if (classic) o.credentials = { username: 'admin', password: 'changeit' };
    const r = await this.client.appendToStream(this.name(stream), events.map(this.event), o);
    await this.survey();
    return { revision: String(r.nextExpectedRevision), position: r.position ? this.rank(r.position) : undefined };
  }
  async readStream({ stream, back, from, max }) {
    const es = await this.collect(
      this.client.readStream(this.name(stream), {
        direction: back ? BACKWARDS : FORWARDS,
        fromRevision: from === 'start' ? START : from === 'end' ? END : BigInt(from),
        ...(max ? { maxCount: max } : {}),
      }),
      () => true,
    );
    return { events: es.map((e) => `${this.show(e.event)} #${this.rank(e.event.position)}`) };
  }
  async readAll({ back, at, max }) {
    const p = at === undefined ? (back ? END : START) : this.positions[at];
    if (p === undefined) return { skipped: true };
    // system events of a server differ: read on until `max` of ours are seen
    const out = [];
    const read = this.client.readAll({ direction: back ? BACKWARDS : FORWARDS, fromPosition: p, maxCount: 1_000_000 });
    for await (const e of read) {
      if (!this.mine(e.event)) continue;
      out.push(`${this.show(e.event)} #${this.rank(e.event.position)}`);
      if (out.length >= max) {
        await read.cancel();
        break;
      }
    }
    return { events: out };
  }
  async setMetadata({ stream, metadata, expected }) {
    const r = await this.client.setStreamMetadata(this.name(stream), metadata, {
      expectedRevision: this.expected(expected),
    });
    await this.survey();
    return { revision: String(r.nextExpectedRevision) };
  }
  async getMetadata({ stream }) {
    const r = await this.client.getStreamMetadata(this.name(stream));
    return { metadata: r.metadata ?? null };
  }
  async delete({ stream, expected }) {
    const r = await this.client.deleteStream(this.name(stream), { expectedRevision: this.expected(expected) });
    await this.survey();
    return { position: this.rank(r.position) };
  }
  async tombstone({ stream, expected }) {
    const r = await this.client.tombstoneStream(this.name(stream), { expectedRevision: this.expected(expected) });
    await this.survey();
    return { position: this.rank(r.position) };
  }
  async link({ stream, to }) {
    const data = Buffer.from(to.replace('@', `@${this.prefix}`));
    const id = this.id(`-link-${(this.links = (this.links ?? 0) + 1)}`);
    const r = await this.client.appendToStream(this.name(stream), db.binaryEvent({ id, type: '$>', data }));
    await this.survey();
    return { revision: String(r.nextExpectedRevision) };
  }
  async readLinks({ stream, resolve, back }) {
    const es = await this.collect(
      this.client.readStream(this.name(stream), {
        resolveLinkTos: resolve,
        direction: back ? BACKWARDS : FORWARDS,
        fromRevision: back ? END : START,
      }),
      () => true,
    );
    return { events: es.map((e) => `${this.show(e.event)} <- ${this.show(e.link)}`) };
  }
  /** Reads a subscription until it says that it has caught up; a server that never says so is given `patience`. */
  async until(subscription) {
    const out = [];
    let confirmed = false;
    await new Promise((ok, no) => {
      subscription
        .on('confirmation', () => (confirmed = true))
        .on('caughtUp', () => {
          out.push('caught-up');
          ok();
        })
        .on('error', no)
        .on(
          'data',
          (e) =>
            this.mine(e.event) &&
            out.push(
              `${confirmed ? '' : 'before confirmation: '}${this.show(e.event)} #${e.event ? this.rank(e.event.position) : '-'}`,
            ),
        );
      setTimeout(ok, 1_500).unref();
    });
    await subscription.unsubscribe();
    return { events: out };
  }
  async catchUpAll({ at, prefixes, by, types }) {
    const p = at === undefined ? START : this.positions[at];
    if (p === undefined) return { skipped: true };
    const filter =
      by === 'type'
        ? db.eventTypeFilter({ prefixes: types })
        : db.streamNameFilter({ prefixes: prefixes.map((x) => this.name(x)) });
    return this.until(this.client.subscribeToAll({ fromPosition: p, filter }));
  }
  async catchUpStream({ stream, from }) {
    return this.until(
      this.client.subscribeToStream(this.name(stream), { fromRevision: from === undefined ? START : BigInt(from) }),
    );
  }
}

const run = async (client, seed, ops, prefix) => {
  const runner = new Runner(client, seed, prefix, Number(options['no-answer-ms'] ?? 4_000));
  return async (op) => runner.run(op);
};

const client = db.EventStoreDBClient.connectionString(options.connection);
const prefix = options.prefix ?? '';

if (mode === 'record') {
  const seed = Number(options.seed ?? 1);
  const count = Number(options.ops ?? 300);
  const call = await run(client, seed, count, prefix);
  const steps = sequence(seed, count);
  console.log(JSON.stringify({ seed, count, server: options.server ?? 'unnamed' }));
  let step = steps.next();
  for (let i = 0; !step.done; i++) {
    const out = await call(step.value);
    console.log(JSON.stringify({ i, op: step.value, out }));
    step = steps.next(out);
  }
} else {
  if (!files.length) usage();
  let calls = 0,
    different = 0,
    notCompared = 0;
  for (const file of files) {
    const [head, ...lines] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l));
    const call = await run(client, head.seed, head.count, prefix);
    for (const { i, op, out } of lines) {
      const got = JSON.parse(JSON.stringify(await call(op)));
      calls++;
      if (out.error?.type === 'no-answer') {
        notCompared++;
        continue;
      }
      if (JSON.stringify(got) !== JSON.stringify(out)) {
        different++;
        if (different <= Number(options.show ?? 20))
          console.log(
            `${file} call ${i}: ${JSON.stringify(op)}\n  recorded ${JSON.stringify(out)}\n  here     ${JSON.stringify(got)}`,
          );
      }
    }
  }
  console.log(
    `${calls} calls, ${different} different, ${notCompared} not compared (the recorded server gave no answer)`,
  );
  process.exitCode = different ? 1 : 0;
}
await client.dispose();
process.exit();
