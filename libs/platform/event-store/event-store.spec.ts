import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedEventStore } from '../../embedded-eventstore/embedded-event-store.js';
import { startLog, type TestLog, unkind } from '../../../test/support/log.js';
import { until } from '../../../test/support/until.js';
import { type Decider, type Event, refuse } from '../../kernel/decider.js';
import { isAfter, type NewEvent, parseStream, type Recorded, WrongExpectedRevision } from './event-store.js';
import { EventStoreDb } from './eventstoredb.js';
import { Reference } from './reference.js';
import { type Caller, derivedId, StaleRevision, transact } from './transact.js';

type Counted = Event<'Counted', { by: number }>;
const counter: Decider<number, Counted, number> = {
  initial: 0,
  evolve: (sum, { data }) => sum + data.by,
  decide: (by, sum) =>
    by === 0 ? [] : sum + by < 0 ? refuse('counter.negative') : [{ type: 'Counted', data: { by } }],
};

let node: Awaited<ReturnType<typeof EmbeddedEventStore.start>>;
let store: EventStoreDb;
let streams = 0;
const fresh = () => `customer-acme.${++streams}` as const;

beforeAll(async () => {
  node = await EmbeddedEventStore.start();
  store = EventStoreDb.connect(node.connectionString);
});
afterAll(async () => {
  await store.close();
  await node.close();
});

describe('the adapter', () => {
  it('appends at an expected revision and reads the events back as they were', async () => {
    const stream = fresh();
    const first = await store.append(stream, 'no-stream', [event('a'), event('b')]);
    expect(first.revision).toBe(1);
    const events = await collect(store.read(stream));
    expect(events.map(({ type, revision, stream: { vendor } }) => [type, revision, vendor])).toEqual([
      ['a', 0, 'acme'],
      ['b', 1, 'acme'],
    ]);
    expect(events[1]?.position).toBe(first.position);
    expect(await collect(store.read(stream, 1))).toHaveLength(1);
  });

  it('answers a repeat with the first outcome, and says where the stream is to whoever comes too late', async () => {
    const stream = fresh();
    const again = [event('a')];
    const first = await store.append(stream, 'no-stream', again);
    await store.append(stream, 0, [event('b')]);
    expect(await store.append(stream, 'no-stream', again)).toEqual(first);
    await expect(store.append(stream, 'no-stream', [event('c')])).rejects.toEqual(new WrongExpectedRevision(stream, 1));
  });

  it('refuses an event that would kill the client before it gets there', async () => {
    await expect(store.append(fresh(), 'no-stream', [{ ...event('a'), id: 'no uuid' }])).rejects.toThrow(
      'not an event',
    );
    await expect(store.append(fresh(), 'no-stream', [event('')])).rejects.toThrow('not an event');
  });

  it('reads what another wrote into a stream of ours without our metadata', async () => {
    const stream = fresh();
    const foreign = { ...event('Foreign'), metadata: undefined as unknown as NewEvent['metadata'] };
    await store.append(stream, 'no-stream', [foreign]);
    const [read] = await collect(store.read(stream));
    expect(read).toMatchObject({ type: 'Foreign', actor: '', metadata: {} });
    expect(Date.parse(read!.at)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('reads a stream that nobody wrote as empty', async () => expect(await collect(store.read(fresh()))).toEqual([]));

  it('reads the log behind a position, in commit order, ours only', async () => {
    const before = await store.head();
    const [a, b] = [fresh(), fresh()];
    await store.append(a, 'no-stream', [event('a')]);
    await store.append(b, 'no-stream', [event('b')]);
    await store.append(a, 0, [event('c')]);
    const behind = await collect(store.readAll({ after: before }));
    expect(behind.map(({ type }) => type)).toEqual(['a', 'b', 'c']);
    expect(await collect(store.readAll({ after: behind[0]?.position, limit: 1 }))).toEqual([behind[1]]);
  });

  it('delivers history, says that it is live, and goes on with what comes', async () => {
    const before = await store.head();
    const stream = fresh();
    await store.append(stream, 'no-stream', [event('old')]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const delivery of store.subscribe({ after: before, signal: stop.signal })) {
      seen.push(delivery.kind === 'event' ? delivery.event.type : delivery.kind);
      if (delivery.kind === 'live') await store.append(stream, 0, [event('new')]);
      if (seen.at(-1) === 'new') stop.abort();
    }
    expect(seen.filter((each) => each !== 'checkpoint')).toEqual(['old', 'live', 'new']);
  });

  it('says that a position was seen behind the events up to it, however slowly they are read', async () => {
    const before = await store.head();
    for (let n = 0; n < 4; n++) {
      const some = Array.from({ length: 750 }, (_, each) => event(`e${each}`));
      await store.append(fresh(), 'no-stream', some);
    }
    const stop = new AbortController();
    const positions: bigint[] = [];
    let marks = 0;
    for await (const delivery of store.subscribe({ after: before, signal: stop.signal })) {
      if (delivery.kind === 'live') break;
      if (delivery.kind === 'checkpoint') marks += 1;
      positions.push(BigInt(delivery.kind === 'event' ? delivery.event.position : delivery.position));
      if (positions.length % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(marks).toBeGreaterThan(0);
    expect(positions.length - marks).toBe(3_000);
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  it('leaves no call behind with the client, however a read or subscription is left', async () => {
    await store.logId();
    const own = EventStoreDb.connect(node.connectionString);
    const calls = (): number =>
      (own as unknown as { client: { disposableStreams: Set<unknown> } }).client.disposableStreams.size;
    const stream = fresh();
    await store.append(
      stream,
      'no-stream',
      Array.from({ length: 500 }, (_, n) => event(`e${n}`)),
    );
    await own.head();
    await own.logId();
    await collect(own.readAll({ limit: 2 }));
    for await (const _ of own.read(stream)) break;
    const stop = new AbortController();
    for await (const { kind } of own.subscribe({ signal: stop.signal })) if (kind === 'event') stop.abort();
    for await (const _ of own.subscribe({ signal: new AbortController().signal })) break;
    await until('the calls to end', () => calls() === 0);
    await own.close();
  });

  it('knows the log by one id, whoever asks first', async () => {
    const ids = await Promise.all([store.logId(), store.logId(), store.logId()]);
    expect(new Set(ids).size).toBe(1);
    expect(await store.logId()).toBe(ids[0]);
  });
});

describe.each([
  { mood: 'good', options: {} },
  { mood: 'bad', options: unkind(7) },
])('on a $mood day of the log', ({ options }) => {
  let log: TestLog;
  beforeAll(async () => {
    log = await startLog(options);
  });
  afterAll(() => log.close());
  /** What a stream holds in the end, whatever connection breaks under the reading. */
  const all = (stream: ReturnType<typeof fresh>) =>
    until('the stream', () => collect(log.store.read(stream)).catch(() => undefined));

  describe('transact', () => {
    it('decides on the folded stream and appends', async () => {
      const stream = fresh();
      expect(await transact(log.store, counter, stream, 2, caller())).toMatchObject({
        revision: 0,
        state: 2,
        events: [counted(2)],
      });
      expect(await transact(log.store, counter, stream, 3, caller())).toMatchObject({ revision: 1, state: 5 });
      expect(await transact(log.store, counter, stream, 0, caller())).toMatchObject({
        revision: 1,
        state: 5,
        events: [],
      });
    });

    it.each([true, false])(
      'acts once per command: a repeat answers the recorded outcome (fresh: %s)',
      async (isFresh) => {
        const stream = fresh();
        const who = caller();
        const first = await transact(log.store, counter, stream, 2, who, { fresh: isFresh });
        await transact(log.store, counter, stream, 40, caller());
        expect(await transact(log.store, counter, stream, 2, who, { fresh: isFresh })).toEqual(first);
        expect(await all(stream)).toHaveLength(2);
      },
    );

    it('answers what the log holds to a fresh one that may repeat, whatever would be decided today', async () => {
      const stream = fresh();
      const who = { ...caller(), mayRepeat: true };
      const first = await transact(log.store, counter, stream, 2, who, { fresh: true });
      expect(
        await transact(log.store, counter, stream, 7, { ...who, now: '2030-01-01T00:00:00.000Z' }, { fresh: true }),
      ).toEqual(first);
    });

    it('decides again after a lost race, so that no step is lost', async () => {
      const stream = fresh();
      await Promise.all(Array.from({ length: 12 }, () => transact(log.store, counter, stream, 1, caller())));
      expect(await transact(log.store, counter, stream, 0, caller())).toMatchObject({ revision: 11, state: 12 });
    });

    it('refuses a caller who has seen another revision, but for a repeat', async () => {
      const stream = fresh();
      const who = { ...caller(), expectedRevision: -1 };
      const first = await transact(log.store, counter, stream, 1, who);
      await expect(transact(log.store, counter, stream, 1, { ...caller(), expectedRevision: 7 })).rejects.toEqual(
        new StaleRevision(0),
      );
      expect(await transact(log.store, counter, stream, 1, who)).toEqual(first);
    });

    it('holds what a caller has seen against the stream, not against a guess of it', async () => {
      const stream = fresh();
      await transact(log.store, counter, stream, 1, caller());
      const seen = { ...caller(), expectedRevision: 0 };
      expect(await transact(log.store, counter, stream, 2, seen, { fresh: true })).toMatchObject({ state: 3 });
    });

    it('never lets time run backwards in a stream', async () => {
      const stream = fresh();
      await transact(log.store, counter, stream, 1, { ...caller(), now: '2030-01-01T00:00:00.000Z' });
      await transact(log.store, counter, stream, 1, { ...caller(), now: '2029-01-01T00:00:00.000Z' });
      expect((await all(stream)).map(({ at }) => at)).toEqual(Array(2).fill('2030-01-01T00:00:00.000Z'));
    });

    it('hands a refusal of a wrongly guessed fresh stream to nobody', async () => {
      const stream = fresh();
      await transact(log.store, counter, stream, 5, caller());
      expect(await transact(log.store, counter, stream, -2, caller(), { fresh: true })).toMatchObject({ state: 3 });
    });
  });

  describe('reference data', () => {
    it('is folded from history, follows the log, and can be asked for at once', async () => {
      const [known, later] = ['known', 'later'];
      await transact(log.store, counter, `lead-acme.${known}`, 1, caller());
      const reference = new Reference(log.store, 'lead', counter);
      await reference.start();
      expect(reference.get('acme', known)).toBe(1);
      const { position } = await transact(log.store, counter, `lead-acme.${later}`, 4, caller());
      expect(await reference.reload('acme', later)).toBe(4);
      await reference.seen(position);
      expect(reference.get('acme', later)).toBe(4);
      expect(reference.get('other', known)).toBe(0);
      await reference.stop();
    });
  });

  it('acts once whatever happens to the answers: 40 commands, each asked for by three at once', async () => {
    const callers = Array.from({ length: 40 }, caller);
    const stream = fresh();
    const asked = callers.map((_, n) => (n % 4 === 0 ? stream : fresh()));
    const ask = async (who: Caller, n: number) => {
      const once = () => transact(log.store, counter, asked[n]!, 1, who);
      return until('an answer', () => once().catch(() => undefined));
    };
    const lanes = Array.from({ length: 10 }, async (_, lane) => {
      for (let n = lane; n < callers.length; n += 10) {
        const answers = await Promise.all([1, 2, 3].map(() => ask(callers[n]!, n)));
        expect(new Set(answers.map(({ revision }) => revision)).size).toBe(1);
      }
    });
    await Promise.all(lanes);
    for (const each of new Set(asked)) {
      const ids = (await all(each)).map(({ metadata }) => metadata.commandId);
      expect(ids.toSorted()).toEqual(
        callers.flatMap(({ commandId }, n) => (asked[n] === each ? commandId : [])).toSorted(),
      );
    }
  }, 60_000);
});

describe('names and positions', () => {
  it('takes the vendor up to the first dot, whatever dashes it has', () =>
    expect(parseStream('exclusivity-big-co.key.backup')).toEqual({
      category: 'exclusivity',
      vendor: 'big-co',
      id: 'key.backup',
    }));
  it('leaves streams of others alone', () => {
    expect(parseStream('$settings')).toBeUndefined();
    expect(parseStream('registration-nodot')).toBeUndefined();
  });
  it('compares positions as numbers', () => {
    expect(isAfter('100', '99')).toBe(true);
    expect(isAfter('99', '100')).toBe(false);
    expect(isAfter('5', '5')).toBe(false);
  });
});

const counted = (by: number): Counted => ({ type: 'Counted', data: { by } });

function caller(): Caller {
  const id = crypto.randomUUID();
  return {
    vendor: 'acme',
    actor: 'ann',
    commandId: id,
    now: '2026-01-15T09:00:00.000Z',
    correlationId: id,
    causationId: id,
  };
}

function event(type: string): NewEvent {
  const { now, ...who } = caller();
  const metadata = {
    $correlationId: who.correlationId,
    $causationId: who.causationId,
    commandId: who.commandId,
    at: now,
    actor: who.actor,
    vendor: who.vendor,
    schema: 1,
  } as const;
  return { id: derivedId(who.commandId, 0), type, data: { some: 'thing' }, metadata };
}

async function collect(events: AsyncIterable<Recorded>): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const each of events) all.push(each);
  return all;
}
