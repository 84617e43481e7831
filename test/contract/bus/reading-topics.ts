import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../support/until.js';
import type { Found } from './messages.js';

export const kafkaOf = (brokers: readonly string[]): Kafka =>
  new Kafka({ brokers: [...brokers], clientId: 'reader', logLevel: logLevel.NOTHING });

/** Everything that a topic holds now, partition by partition. */
export const readTopic = async (brokers: readonly string[], topic: string): Promise<Found[]> => {
  const kafka = kafkaOf(brokers);
  const admin = kafka.admin();
  await admin.connect();
  // a broker that comes back is nobody's leader for a moment
  const ends = await until(`the ends of ${topic}`, () => admin.fetchTopicOffsets(topic).catch(() => undefined));
  await admin.disconnect();
  const waiting = new Set(ends.filter(({ high }) => high !== '0').map(({ partition }) => partition));
  const found = new Map<number, Found[]>();
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch }) => {
      const messages = found.get(batch.partition) ?? [];
      for (const { key, headers, value } of batch.messages) {
        const texts = Object.entries(headers ?? {}).map(([name, header]) => [name, String(header)]);
        messages.push({
          key: String(key),
          headers: Object.fromEntries(texts) as Found['headers'],
          value: JSON.parse(String(value)) as Found['value'],
        });
      }
      found.set(batch.partition, messages);
      const end = ends.find(({ partition }) => partition === batch.partition);
      if (BigInt(batch.lastOffset()) + 1n >= BigInt(end?.high ?? 0)) waiting.delete(batch.partition);
      return Promise.resolve();
    },
  });
  await until(`the end of ${topic}`, () => waiting.size === 0, 120_000).finally(() => consumer.disconnect());
  return [...found.values()].flat();
};
