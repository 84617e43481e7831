import { describe, expect, it } from '@jest/globals';
import { type Bus, OversizeMessage } from '../../../libs/platform/bus/bus.js';
import { countTo, deduped, type Found, numbered, numbersByKey } from './messages.js';

export type BusUnderTest = {
  /** A bus on the same topics, as a process opens it after a restart. */
  readonly open: () => Bus;
  /** All messages of a topic; those of a key in the order they have there. */
  readonly read: (topic: string) => Promise<readonly Found[]>;
};

let topics = 0;
/** A topic that no other test uses. */
export const freshTopic = (): string => `t${process.pid}-${Date.now()}-${(topics += 1)}.things.v1`;

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** What every bus promises. */
export const busContract = (subject: () => BusUnderTest): void => {
  const using = async (use: (bus: Bus) => Promise<void>) => {
    const bus = subject().open();
    await use(bus).finally(() => bus.close());
  };

  describe('a bus', () => {
    it('keeps key, headers and value as they were given', async () => {
      const message = numbered(freshTopic(), 'ACME GmbH & Co. "Süd"', 1);
      await using((bus) => bus.publish([message]));
      const { topic, ...content } = message;
      expect(await subject().read(topic)).toEqual([content]);
    });

    it('keeps the order per key, over publishes and restarts', async () => {
      const topic = freshTopic();
      const published = (from: number) => countTo(50).flatMap((n) => keys.map((key) => numbered(topic, key, from + n)));
      await using(async (bus) => {
        await bus.publish(published(0));
        await bus.publish(published(50));
      });
      await using((bus) => bus.publish(published(100)));
      const found = numbersByKey(await subject().read(topic));
      expect(found).toEqual(Object.fromEntries(keys.map((key) => [key, countTo(150)])));
    });

    it('takes messages of several topics at once, and none', async () => {
      const [one, other] = [freshTopic(), freshTopic()];
      await using(async (bus) => {
        await bus.publish([]);
        await bus.publish(countTo(20).map((n) => numbered(n % 2 ? one : other, 'k', n)));
      });
      expect(numbersByKey(await subject().read(one))['k']).toEqual(countTo(20).filter((n) => n % 2 === 1));
      expect(numbersByKey(await subject().read(other))['k']).toEqual(countTo(20).filter((n) => n % 2 === 0));
    });

    it('takes more at once than a broker takes in one batch', async () => {
      const topic = freshTopic();
      const small = countTo(1_500).map((n) => numbered(topic, 'k', n, 1_000));
      const large = [1_500, 1_501, 1_502].map((n) => numbered(topic, 'k', n, 950_000));
      await using((bus) => bus.publish([...small, ...large]));
      expect(numbersByKey(await subject().read(topic))['k']).toEqual(countTo(1_503));
    });

    it('refuses a message that no broker takes, by event and topic, and writes nothing of its batch', async () => {
      const topic = freshTopic();
      const oversize = numbered(topic, 'k', 1, 1_000_000);
      await using(async (bus) => {
        const refusal = await bus.publish([numbered(topic, 'k', 0), oversize]).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(OversizeMessage);
        expect(String(refusal)).toContain(oversize.headers['ce_id']);
        expect(String(refusal)).toContain(topic);
        await bus.publish([numbered(topic, 'k', 2)]);
      });
      expect(numbersByKey(await subject().read(topic))['k']).toEqual([2]);
    });

    it('gives a batch that was published again the ids that it had', async () => {
      const topic = freshTopic();
      const batch = countTo(30).map((n) => numbered(topic, 'k', n));
      await using((bus) => bus.publish(batch));
      await using((bus) => bus.publish([...batch, numbered(topic, 'k', 30)]));
      const found = await subject().read(topic);
      expect(found).toHaveLength(61);
      expect(numbersByKey(deduped(found))['k']).toEqual(countTo(31));
    });
  });
};
