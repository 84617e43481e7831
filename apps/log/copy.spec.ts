import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ahead } from './comparing.js';
import { copyLog } from './copy.js';
import { copyTo } from './copying.js';
import { eventsOfLog, fill, kept, listed, type RunningLog, startRawLog, watched } from './log.fixture.js';
import { isMetastream, tombstone } from './raw-event.js';

const seen = async (client: EventStoreDBClient, stream: string) => {
  try {
    return (await listed(client.readStream(stream))).map(({ event }) => event?.id);
  } catch (error) {
    return (error as { type: string }).type;
  }
};

const put = async ({ url }: RunningLog, stream: string, n: number) => {
  const client = EventStoreDBClient.connectionString(url);
  await client.appendToStream(stream, jsonEvent({ type: 'counted', data: { n } }));
  await client.dispose();
};

const large = (n: number) => jsonEvent({ type: 'large', data: { n, text: 'x'.repeat(300_000) } });

async function* listedAgain<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

describe('a copy of a log', () => {
  let source: RunningLog;
  let target: RunningLog;
  beforeEach(async () => {
    [source, target] = await Promise.all([startRawLog(), startRawLog()]);
  });
  afterEach(async () => {
    await Promise.all([source.close(), target.close()]);
  });

  it('has every event in order with its bytes, and behaves alike', async () => {
    await fill(source.url, 7);
    const copied = await copyLog(source.log, target.log, watched());
    const [there, here] = [await eventsOfLog(source.log), await eventsOfLog(target.log)];
    expect(copied).toMatchObject({ copied: there.length, verified: there.length, resumed: false, more: false });
    expect(there.length).toBeGreaterThan(150);
    // a server gives ids of its own to what it writes by itself
    const written = there.map((event, n) =>
      event.revision === tombstone || isMetastream(event.stream) ? { ...event, id: here[n]!.id } : event,
    );
    expect(here.map(kept)).toEqual(written.map(kept));
    const same = there.filter(({ id }, n) => here[n]!.id === id);
    expect(same.length).toBeGreaterThan(there.length * 0.8);

    const [one, other] = [source, target].map(({ url }) => EventStoreDBClient.connectionString(url));
    for (const stream of ['a', 'b', 'c', 'd', 'e'].map((letter) => `s3-${letter}`))
      expect([stream, await seen(other!, stream)]).toEqual([stream, await seen(one!, stream)]);
    expect(await seen(other!, 's3-e')).toBe('stream-deleted');
    expect(await other!.getStreamMetadata('s3-a')).toMatchObject({ metadata: { maxCount: 2, owner: 'me' } });
    await one!.dispose();
    await other!.dispose();
  });

  it('goes on wherever it was stopped, and catches up with a source that was written to', async () => {
    await fill(source.url, 4);
    const total = (await eventsOfLog(source.log)).length;
    let runs = 0;
    const outcomes = new Set<unknown>();
    const notes: string[][] = [];
    for (let copied = 0; copied < total; runs += 1) {
      const stop = new AbortController();
      let left = 9;
      const { said, ...rest } = watched(stop.signal);
      const progress = {
        ...rest.progress,
        show: (what: string) => void (what === 'copying' && --left === 0 && stop.abort(new Error('stopped'))),
      };
      const ended = await copyLog(source.log, target.log, { ...rest, progress }).catch((fault: Error) => fault.message);
      outcomes.add(ended);
      notes.push(said);
      const now = (await eventsOfLog(target.log)).length;
      expect(now).toBeGreaterThan(copied);
      copied = now;
    }
    expect(runs).toBeGreaterThan(5);
    expect([...outcomes][0]).toBe('stopped');
    expect(outcomes.size).toBeLessThanOrEqual(2);
    expect(notes[0]).toEqual([]);
    for (const note of notes.slice(1)) expect(note).toEqual([expect.stringContaining('going on behind it')]);
    expect(await copyLog(source.log, target.log, watched())).toMatchObject({ copied: 0, verified: total });
    await fill(source.url, 1, 'later');
    const caughtUp = await copyLog(source.log, target.log, watched());
    expect(caughtUp).toMatchObject({ resumed: true, verified: (await eventsOfLog(source.log)).length });
    expect(caughtUp.copied).toBe(caughtUp.verified! - total);
  });

  it('goes on where all that the target has is hidden at the source by now', async () => {
    const client = EventStoreDBClient.connectionString(source.url);
    await client.appendToStream(
      's',
      [1, 2, 3].map((n) => jsonEvent({ type: 'counted', data: { n } })),
    );
    await copyLog(source.log, target.log, watched());
    await client.deleteStream('s');
    await client.appendToStream('t', jsonEvent({ type: 'counted', data: {} }));
    await client.dispose();
    expect(await copyLog(source.log, target.log, watched())).toMatchObject({ resumed: true, copied: 2, verified: 5 });
  });

  it('is refused where the target holds something else, and the target is left as it was', async () => {
    await put(source, 's', 1);
    await put(target, 's', 1);
    const refusal = () => copyLog(source.log, target.log, watched()).catch((fault: Error) => fault.message);
    expect(await refusal()).toMatch(
      /holds something else: it has another counted 0 of s \(.*\)\. Take an empty target$/,
    );
    expect(await eventsOfLog(target.log)).toHaveLength(1);

    await target.close();
    target = await startRawLog();
    await copyLog(source.log, target.log, watched());
    await put(target, 'more', 2);
    expect(await refusal()).toContain('holds something else: it has counted 0 of more beyond the end');
    await put(source, 'less', 3);
    expect(await refusal()).toContain(
      'holds something else: it has counted 0 of more where counted 0 of less should be',
    );
    expect(await eventsOfLog(target.log)).toHaveLength(2);
  });

  it('is refused where only the end of what the target holds is of the source', async () => {
    await fill(source.url, 1);
    await put(target, 'mine', 1);
    const all = await eventsOfLog(source.log);
    await copyTo(target.log, new Ahead(listedAgain(all)), { ...watched(), onEvent: () => undefined });
    const refusal = copyLog(source.log, target.log, watched());
    await expect(refusal).rejects.toThrow('holds something else: it has counted 0 of mine where counted 0 of s0-a');
    expect(await eventsOfLog(target.log)).toHaveLength(all.length + 1);
  });

  it('ends with what to do where a server goes away, and never as if nothing more were there', async () => {
    await fill(source.url, 2);
    const { progress, ...rest } = watched();
    let away: Promise<void> | undefined;
    const show = (what: string) => void (what === 'copying' && (away ??= target.stop()));
    const run = copyLog(source.log, target.log, { ...rest, progress: { ...progress, show } });
    await expect(run).rejects.toThrow(/^esdb:\S+ broke off \(.*\).*run the same command again/);
    await away;
  });

  it('is found out at the end where the target was written to meanwhile', async () => {
    await fill(source.url, 1);
    const client = EventStoreDBClient.connectionString(target.url);
    const { progress, ...rest } = watched();
    let once: Promise<unknown> | undefined;
    const show = (what: string) => {
      if (what === 'copying') once ??= client.appendToStream('x', jsonEvent({ type: 'strange', data: {} }));
    };
    const run = copyLog(source.log, target.log, { ...rest, progress: { ...progress, show } });
    await expect(run).rejects.toThrow(/is no copy: it has strange 0 of x (where|beyond)/);
    await once;
    await client.dispose();
  });

  it('copies a run of events larger than an append may be', async () => {
    const client = EventStoreDBClient.connectionString(source.url);
    for (let n = 0; n < 12; n += 1) await client.appendToStream('s', large(n));
    await client.deleteStream('s');
    await client.appendToStream('s', [large(12), large(13), large(14)]);
    await client.dispose();
    expect(await copyLog(source.log, target.log, watched())).toMatchObject({ verified: 17 });
  });
});
