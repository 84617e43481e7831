import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Clock } from '../../libs/platform/clock.js';
import { startClock } from '../../libs/platform/processors/clock.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import type { Alarm, Sweep } from '../../libs/platform/processors/processor.js';
import type { Log } from '../../libs/platform/processors/run.js';
import { accountSchema, ReminderRow } from '../support/accounts.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

class SetClock extends Clock {
  constructor(private readonly at: { now: string }) {
    super();
  }
  now = () => this.at.now;
}

/** An alarm's view whose table is gone. */
@Entity('nowhere')
class NowhereRow {
  @PrimaryColumn('text') key!: string;
  @Column('text') vendor!: string;
  @Column({ name: 'due_at', type: 'timestamptz' }) dueAt!: string;
}

let db: TestDatabase;
const stops: (() => Promise<void>)[] = [];
const nobody = () => undefined;
const silent: Log = { info: nobody, warn: nobody, error: nobody };

beforeAll(async () => {
  db = await startDatabase({ ...accountSchema, entities: [...accountSchema.entities, NowhereRow] });
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  await db.database.query('TRUNCATE reminder');
});
afterAll(async () => {
  await db.drop();
});

const start = (at: { now: string }, alarms: Alarm[], sweeps: Sweep[] = [], stallMs = 30_000) => {
  const locks = openLocks(db.url);
  const runner = startClock(alarms, sweeps, {
    database: db.database,
    clock: new SetClock(at),
    locks,
    log: silent,
    stallMs,
  });
  stops.push(async () => {
    await runner.stop();
    await locks.close();
  });
  return runner;
};
const due = async (...at: string[]) => {
  for (const [i, dueAt] of at.entries())
    await db.database.query('INSERT INTO reminder VALUES ($1, $2, $3)', [`demo.${i}`, 'demo', dueAt]);
};

const hang = () => new Promise<never>(() => undefined);

describe('the clock', () => {
  it('rings for what is due, each once while its row stays, and for later rows when their time comes', async () => {
    await due('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-09T00:00:00Z');
    const at = { now: '2026-01-05T00:00:00.000Z' };
    const rung: string[] = [];
    let ticks = 0;
    const ring = async ({ key, dueAt }: ReminderRow, now: string) => void rung.push(`${key} ${dueAt} ${now}`);
    start(
      at,
      [{ name: 'reminding', entity: ReminderRow, ring }],
      [{ name: 'ticking', everyMs: 1, run: async () => void ticks++ }],
    );
    await until('two rings', () => rung.length === 2);
    const before = ticks;
    await until('some more rounds', () => ticks > before + 2);
    at.now = '2026-01-10T00:00:00.000Z';
    await until('the third', () => rung.length === 3);
    expect(rung.toSorted()).toEqual([
      'demo.0 2026-01-02T00:00:00.000Z 2026-01-05T00:00:00.000Z',
      'demo.1 2026-01-01T00:00:00.000Z 2026-01-05T00:00:00.000Z',
      'demo.2 2026-01-09T00:00:00.000Z 2026-01-10T00:00:00.000Z',
    ]);
  });

  it('rings at once for a row that got another deadline', async () => {
    await due('2026-01-02T00:00:00Z');
    const at = { now: '2026-01-05T00:00:00.000Z' };
    const rung: string[] = [];
    const ring = async ({ dueAt }: ReminderRow) => {
      rung.push(dueAt);
      await db.database.query("UPDATE reminder SET due_at = '2026-01-08T00:00:00Z'");
    };
    start(at, [{ name: 'reminding', entity: ReminderRow, ring }]);
    await until('the first', () => rung.length === 1);
    at.now = '2026-01-09T00:00:00.000Z';
    await until('the second', () => rung.length === 2);
    expect(rung).toEqual(['2026-01-02T00:00:00.000Z', '2026-01-08T00:00:00.000Z']);
  });

  it('rings for all of many, though some fail and one sweep does', async () => {
    await due(...Array.from({ length: 250 }, () => '2026-01-01T00:00:00Z'));
    const rung = new Set<string>();
    const ring = async ({ key }: ReminderRow) => {
      rung.add(key);
      if (key.endsWith('7')) throw new Error('refused');
    };
    const failing = { name: 'failing', everyMs: 10, run: () => Promise.reject(new Error('no')) };
    start({ now: '2026-01-05T00:00:00.000Z' }, [{ name: 'reminding', entity: ReminderRow, ring }], [failing]);
    await until('all', () => rung.size === 250);
  });

  it('gives up a round that hangs, a sweep too, and rings for its rows again', async () => {
    await due('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
    const rung: string[] = [];
    const ring = ({ key }: ReminderRow) => (rung.push(key) <= 2 ? hang() : Promise.resolve());
    const sweep = { name: 'hanging', everyMs: 10, run: hang };
    const runner = start(
      { now: '2026-01-05T00:00:00.000Z' },
      [{ name: 'reminding', entity: ReminderRow, ring }],
      [sweep],
      400,
    );
    await until('both to be rung for again', () => rung.length === 4);
    expect(rung.slice(2).toSorted()).toEqual(['demo.0', 'demo.1']);
    await until('it to run', () => runner.state().state === 'running');
  });

  it('gives up no round that gets on, however long it takes', async () => {
    await due(...Array.from({ length: 96 }, () => '2026-01-01T00:00:00Z'));
    const rung: string[] = [];
    const states = new Set<string>();
    const ring = async ({ key }: ReminderRow) => {
      rung.push(key);
      states.add(runner.state().state);
      // 8 at a time: longer than the patience altogether
      await pause(150);
    };
    const runner = start(
      { now: '2026-01-05T00:00:00.000Z' },
      [{ name: 'reminding', entity: ReminderRow, ring }],
      [],
      1_500,
    );
    await until('all', () => new Set(rung).size === 96);
    expect(rung).toHaveLength(96);
    expect([...states]).toEqual(['running']);
  });

  it('is held up by no row that cannot be read', async () => {
    await due(...Array.from({ length: 12 }, () => '-infinity'), '2026-01-01T00:00:00Z');
    const rung: string[] = [];
    const ring = async ({ key }: ReminderRow) => void rung.push(key);
    const runner = start({ now: '2026-01-05T00:00:00.000Z' }, [{ name: 'reminding', entity: ReminderRow, ring }]);
    await until('the good one', () => rung.length > 0);
    expect(rung).toEqual(['demo.12']);
    expect(runner.state().state).toBe('running');
  });

  it('rings once for a row that takes its time while another alarm fails, and says what failed', async () => {
    await due('2026-01-01T00:00:00Z');
    const rung: string[] = [];
    const slowly = async ({ key }: ReminderRow) => {
      rung.push(key);
      await pause(700);
    };
    const runner = start({ now: '2026-01-05T00:00:00.000Z' }, [
      { name: 'failing', entity: NowhereRow, ring: async () => undefined },
      { name: 'reminding', entity: ReminderRow, ring: slowly },
    ]);
    await until('the fault', () => runner.state().state === 'retrying');
    expect(runner.state().error).toMatch(/nowhere/);
    expect(rung).toEqual(['demo.0']);
  });

  it('is live in one process at a time', async () => {
    const rung: string[] = [];
    const clock = (by: string) =>
      start({ now: '2026-01-05T00:00:00.000Z' }, [
        {
          name: 'reminding',
          entity: ReminderRow,
          ring: async ({ key }: ReminderRow) => void rung.push(`${by} ${key}`),
        },
      ]);
    const first = clock('first');
    await first.settled;
    const second = clock('second');
    await second.settled;
    expect(second.state().state).toBe('standby');
    await due('2026-01-01T00:00:00Z');
    await until('a ring', () => rung.length > 0);
    await first.stop();
    await until('the takeover', () => second.state().state === 'running', 5_000);
    await until('its ring', () => rung.includes('second demo.0'));
    expect(rung).toEqual(['first demo.0', 'second demo.0']);
  });
});
