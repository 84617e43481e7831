import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicMessages } from '../../apps/public-messages.js';
import { schema, views } from '../../apps/schema.js';
import type { Recorded } from '../../libs/platform/event-store/event-store.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { toldBy } from '../../libs/platform/bus/messages.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { deal } from './deals.fixture.js';

// two workers and two apis, the built programs, on one log and one Postgres
let db: TestDatabase;
let store: EventStoreDb;
let dataDir: string;
let env: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

/** A process of the build, once it has said that it is ready; `said` is that line. */
const start = async (entry: string, ready: RegExp, more: NodeJS.ProcessEnv = {}, args: readonly string[] = []) => {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const said = await until(`${entry} to be ready`, () => ready.exec(output), 60_000);
  return { child, said: said[1] ?? '' };
};
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
const startApi = async () => {
  const { child, said: url } = await start('dist/apps/api/main.js', /^ready (http:\S+)/m);
  return { child, url };
};
type Told = { readonly name: string; readonly state: string };
const startWorker = async () => {
  const port = await freePort();
  const { child } = await start('dist/apps/worker/main.js', /^ready worker/m, { WORKER_PORT: String(port) });
  const ready = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as {
      readonly here: readonly Told[];
      readonly processors: readonly { readonly lagEvents?: number; readonly stalls: number }[];
    };
  return { child, ready };
};
const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

let apis: Awaited<ReturnType<typeof startApi>>[];
let workers: Awaited<ReturnType<typeof startWorker>>[];
const tokens = new Map<string, string>();

beforeAll(async () => {
  [db, dataDir] = await Promise.all([startDatabase(schema), mkdtemp(join(tmpdir(), 'tiebreak-scale-'))]);
  env = { ...process.env, DEMO: 'true', PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDir, DATABASE_URL: db.url };
  for (const name of ['KAFKA_BROKERS', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'ROLES']) delete env[name];
  const log = await start('dist/libs/embedded-eventstore/main.js', /^ready (esdb:\S+)/m, {}, [
    '--port',
    '0',
    '--memory',
  ]);
  env['EVENTSTORE_URL'] = log.said;
  store = EventStoreDb.connect(log.said);
  // at once, so that they race for the first policy and the first partners too
  apis = await Promise.all([startApi(), startApi()]);
  workers = await Promise.all([startWorker(), startWorker()]);
  for (const persona of ['partner-01', 'partner-02', 'partner-03']) {
    const asked = { method: 'POST', body: new URLSearchParams({ persona }) };
    const answer = (await (await fetch(`${apis[0]!.url}/demo/token`, asked)).json()) as { access_token: string };
    tokens.set(persona, answer.access_token);
  }
}, 180_000);
afterAll(async () => {
  for (const child of children.toReversed()) child.kill('SIGKILL');
  await store?.close();
  await db?.drop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

const submit = async (api: string, partner: string, key: string, body: object) => {
  const response = await fetch(`${api}/v1/registrations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens.get(partner)}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { readonly id: string; readonly code?: string } };
};
/** As a portal does that must have its answer: again, wherever anybody listens, while it is in flight or the api is gone. */
const submitSurely = (first: number, partner: string, key: string, body: object): Promise<string> => {
  let turn = first;
  return until(
    'an answer',
    async () => {
      const answer = await submit(apis[turn++ % apis.length]!.url, partner, key, body).catch(() => undefined);
      if (answer?.status === 201) return answer.body.id;
      const isLate = !answer || answer.status >= 500 || answer.body.code === 'idempotency.in-flight';
      if (!isLate) throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}`);
      return undefined;
    },
    // an api that was killed holds the key it was answering for 30 s
    60_000,
  );
};
const customer = (n: number) =>
  deal({ legalName: `Firma Handlowa ${n} ${randomUUID().slice(0, 8)}`, domain: `firma-${n}.pl` });
const burst = async (from: number, to: number) =>
  Promise.all(
    Array.from({ length: to - from }, (_, i) =>
      submitSurely(i, `partner-0${1 + (i % 3)}`, `order-${from + i}`, customer(from + i)),
    ),
  );
const events = async (): Promise<Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
};
const dump = async () => {
  const tables: Record<string, unknown> = {};
  for (const { name, entity } of views) {
    const table = db.database.getMetadata(entity).tableName;
    tables[name] = await db.database.query(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY key`);
  }
  return tables;
};
const caughtUp = (worker: (typeof workers)[number]) =>
  until(
    'everything to be handled',
    async () => {
      const { processors } = await worker.ready();
      return processors.every(({ lagEvents }) => lagEvents === 0);
    },
    60_000,
  );

describe('two workers and two apis', () => {
  it('do each thing once at a time: each processor runs in one worker, the other stands by', async () => {
    const [one, other] = await Promise.all(workers.map(async ({ ready }) => (await ready()).here));
    for (const { name, state } of one!) {
      const beside = other!.find((each) => each.name === name)!;
      expect([name, [state, beside.state].toSorted()]).toEqual([name, ['running', 'standby']]);
    }
  });

  it('answer 50 identical requests at both with one effect', async () => {
    for (const n of [1, 2, 3]) {
      const body = customer(9_000 + n);
      const ids = await Promise.all(
        Array.from({ length: 50 }, (_, i) => submitSurely(i, 'partner-01', `same-${n}`, body)),
      );
      expect(new Set(ids).size).toBe(1);
      const written = (await events()).filter(
        ({ type, stream }) => type === 'RegistrationSubmitted' && stream.id === ids[0],
      );
      expect(written).toHaveLength(1);
    }
  }, 60_000);

  it('lose an api and a worker to kill -9 under load: the roles are with the survivor within 5 s', async () => {
    const before = burst(0, 30);
    // whoever has most of the roles
    const running = await Promise.all(
      workers.map(async ({ ready }) => (await ready()).here.filter(({ state }) => state === 'running').length),
    );
    const [victim, survivor] = running[0]! >= running[1]! ? workers : workers.toReversed();
    const dying = kill(apis[1]!.child);
    await kill(victim!.child);
    const killed = performance.now();
    await until(
      'the survivor to have every role',
      async () => (await survivor!.ready()).here.every(({ state }) => state === 'running'),
      15_000,
    );
    const took = performance.now() - killed;
    await dying;
    expect(await before).toHaveLength(30);
    expect(await burst(30, 45)).toHaveLength(15);
    expect(took).toBeLessThan(5_000);
    workers = [survivor!, await startWorker()];
    apis = [apis[0]!, await startApi()];
    expect(await burst(45, 60)).toHaveLength(15);
    await caughtUp(survivor!);
    expect((await survivor!.ready()).processors.filter(({ stalls }) => stalls > 0)).toEqual([]);
  }, 180_000);

  it('have handled nothing twice in effect: log, messages and views', async () => {
    await caughtUp(workers[0]!);
    const log = await events();
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    const submitted = log.filter(({ type }) => type === 'RegistrationSubmitted');
    expect(submitted).toHaveLength(63);
    const screened = log.filter(({ type }) => type === 'RegistrationScreened');
    expect(new Set(screened.map(({ stream }) => stream.id))).toEqual(new Set(submitted.map(({ stream }) => stream.id)));
    expect(screened).toHaveLength(63);

    for (const messages of publicMessages) {
      const text = await readFile(join(dataDir, 'topics', `tiebreak.${messages.slice}.v1.ndjson`), 'utf8').catch(
        () => '',
      );
      const lines = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { headers: { ce_id: string } });
      const told = [...new Set(lines.map(({ headers }) => headers.ce_id))];
      // a repeat comes after a message, never before: by first arrival the order is the log's
      expect([messages.slice, told]).toEqual([
        messages.slice,
        log.flatMap((event) => (toldBy(messages, event) ? event.id : [])),
      ]);
    }

    const live = await dump();
    expect(live['registration-list']).toHaveLength(63);
    const rebuilding = spawn(process.execPath, ['dist/apps/worker/rebuild.js', '--all'], { env, stdio: 'ignore' });
    expect(await once(rebuilding, 'exit')).toEqual([0, null]);
    expect(await dump()).toEqual(live);
  }, 90_000);
});
