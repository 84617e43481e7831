import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { schema } from '../../apps/schema.js';
import type { Instant } from '../../libs/kernel/decider.js';
import type { StreamName } from '../../libs/platform/event-store/event-store.js';
import { isAfter } from '../../libs/platform/event-store/event-store.js';
import { readCheckpoint } from '../../libs/platform/processors/checkpoint.js';
import { append, startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

// @ts-expect-error a module of the bench, in JavaScript
const { registrationStream } = (await import('../bench/registration-stream.mjs')) as {
  readonly registrationStream: (n: number) => {
    stream: StreamName;
    events: { type: string; data: { submittedAt?: Instant } }[];
  };
};
let db: TestDatabase;
let log: TestLog;
const streams = 2_000;

beforeAll(async () => {
  [db, log] = await Promise.all([startDatabase(schema), startLog()]);
  for (let n = 0; n < streams; n += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const { stream, events } = registrationStream(n + i);
        return append(log.store, stream, 'no-stream', events);
      }),
    );
}, 120_000);
afterAll(async () => {
  await log.close();
  await db.drop();
});

/** The command of an operator. */
const begin = (...flags: string[]) => {
  const env = { ...process.env, DATABASE_URL: db.url, EVENTSTORE_URL: log.node.connectionString };
  const args = ['dist/apps/worker/rebuild.js', 'registration-list', '--json', ...flags];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(
    () => (JSON.parse(said || '{}') as { rebuilt?: { resumed: boolean; events: number }[] }).rebuilt?.[0],
  );
  return { child, ended };
};
const rows = () => db.database.query<object[]>('SELECT to_jsonb(t) AS row FROM registration_list t ORDER BY key');

it('4: a rebuild that was killed in the middle goes on from its checkpoint, to the rows of one that was not', async () => {
  const killed = begin();
  const at = await until(
    'a piece of it',
    async () => {
      const draft = await readCheckpoint(db.database, 'registration-list__rebuild');
      return draft && isAfter(draft.position, '0') ? draft.events : undefined;
    },
    60_000,
  );
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toBeUndefined();
  expect(await rows()).toEqual([]);
  const resumed = await begin().ended;
  expect(resumed).toMatchObject({ resumed: true });
  expect(resumed!.events).toBeLessThanOrEqual(streams * 7 - at);
  const mended = await rows();
  expect(mended).toHaveLength(streams);
  expect(await begin('--fresh').ended).toMatchObject({ resumed: false, events: streams * 7 });
  expect(await rows()).toEqual(mended);
  expect((await readCheckpoint(db.database, 'registration-list'))?.events).toBe(streams * 7);
}, 120_000);
