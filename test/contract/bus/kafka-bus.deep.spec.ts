import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StartedKafkaContainer } from '@testcontainers/kafka';
import type { Bus, BusMessage } from '../../../libs/platform/bus/bus.js';
import { kafkaBus } from '../../../libs/platform/bus/kafka-bus.js';
import { Transient } from '../../../libs/platform/processors/processor.js';
import { until } from '../../support/until.js';
import { type Broker, prepareBroker } from './broker/kafka-broker.js';
import { busContract, freshTopic } from './bus.contract.js';
import { countTo, deduped, numbered, numbersByKey } from './messages.js';
import { kafkaOf, readTopic } from './reading-topics.js';

const given = process.env['KAFKA_BROKERS']?.split(',');

if (given)
  describe('the cluster of KAFKA_BROKERS', () => {
    busContract(() => ({ open: () => kafkaBus({ brokers: given }), read: (topic) => readTopic(given, topic) }));
  });

// asked for by CONTAINERS=1, where a Docker engine runs
if (process.env['CONTAINERS'])
  describe('Kafka in a container', () => {
    let container: StartedKafkaContainer;
    beforeAll(async () => {
      const { KafkaContainer } = await import('@testcontainers/kafka');
      container = await new KafkaContainer('confluentinc/cp-kafka:7.9.1').withKraft().start();
    }, 300_000);
    afterAll(() => container.stop());
    const brokers = () => [`${container.getHost()}:${container.getMappedPort(9093)}`];
    busContract(() => ({ open: () => kafkaBus({ brokers: brokers() }), read: (topic) => readTopic(brokers(), topic) }));
  });

describe('a broker of our own', () => {
  let folder: string;
  let broker: Broker;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiebreak-kafka-'));
    broker = await prepareBroker(folder);
  }, 300_000);
  beforeEach(() => broker.start());
  afterAll(async () => {
    await broker.kill();
    await rm(folder, { recursive: true });
  });
  const open = () => kafkaBus({ brokers: broker.brokers, partitions: 3 });
  const read = (topic: string) => readTopic(broker.brokers, topic);

  it('asks for patience while nobody answers, and goes on with the same bus', async () => {
    await broker.kill();
    const bus = open();
    const message = numbered(freshTopic(), 'k', 0);
    await expect(bus.publish([message])).rejects.toThrow(Transient);
    await broker.start();
    await publishSurely(bus, [message]);
    await bus.close();
    expect(numbersByKey(await read(message.topic))).toEqual({ k: [0] });
  }, 90_000);

  busContract(() => ({ open, read }));

  it('makes a deleted topic again', async () => {
    const bus = open();
    const message = numbered(freshTopic(), 'k', 0);
    await bus.publish([message]);
    const admin = kafkaOf(broker.brokers).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [message.topic] });
    await admin.disconnect();
    await publishSurely(bus, [message]);
    await bus.close();
    expect(await read(message.topic)).toHaveLength(1);
  }, 90_000);

  it('names what the broker refuses about the messages themselves, and takes others afterwards', async () => {
    const topic = freshTopic();
    const admin = kafkaOf(broker.brokers).admin();
    await admin.connect();
    const configEntries = [{ name: 'max.message.bytes', value: '10000' }];
    await admin.createTopics({ topics: [{ topic, configEntries }] });
    await admin.disconnect();
    const bus = open();
    const refusal = await bus.publish([numbered(topic, 'k', 0, 20_000)]).catch((error: unknown) => error);
    expect(refusal).not.toBeInstanceOf(Transient);
    expect(String(refusal)).toContain(topic);
    await bus.publish([numbered(topic, 'k', 1)]);
    await bus.close();
    expect(numbersByKey(await read(topic))).toEqual({ k: [1] });
  });

  it('loses nothing of what follows an outcome that stayed unknown', async () => {
    const topic = freshTopic();
    const bus = kafkaBus({ brokers: broker.brokers, partitions: 1, requestTimeoutMs: 1_000 });
    await bus.publish([numbered(topic, 'k', 0)]);
    broker.freeze();
    await expect(bus.publish([numbered(topic, 'k', 1)])).rejects.toThrow(Transient);
    broker.thaw();
    // the broker finds the request that it was sent before; another worker publishes the same and moves on
    const other = open();
    await publishSurely(other, [numbered(topic, 'k', 1)]);
    await other.close();
    await publishSurely(bus, [numbered(topic, 'k', 2)]);
    await bus.close();
    expect(numbersByKey(deduped(await read(topic)))).toEqual({ k: [0, 1, 2] });
  }, 90_000);

  const total = Number(process.env['BUS_EVENTS'] ?? 20_000);
  it(`misses none of ${total} messages and keeps their order while broker and publisher are killed`, async () => {
    const topic = freshTopic();
    const keys = Array.from({ length: 20 }, (_, k) => `key-${k}`);
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    let bus = open();
    let checkpoint = 0;
    const chaos = (async () => {
      for (let round = 1; round <= 4; round++) {
        await until(`a share of the load`, () => checkpoint >= (total * round) / 6, 600_000);
        await broker.kill();
        // long enough that a send gives up in some rounds and not in others
        await wait(Math.random() * 3_000);
        await broker.start();
      }
    })();
    let failures = 0;
    for (let batch = 0; checkpoint < total; batch++) {
      const size = Math.min(total - checkpoint, 50 + ((batch * 37) % 200));
      const messages = countTo(size).map((i) => {
        const at = checkpoint + i;
        return numbered(topic, keys[at % keys.length]!, Math.floor(at / keys.length), 200);
      });
      if (!(await published(bus, messages))) {
        failures += 1;
        continue;
      }
      // a publisher that dies between its bus and its checkpoint gives the batch again
      if (batch % 29 !== 28) checkpoint += size;
      else {
        await bus.close();
        bus = open();
      }
    }
    await chaos;
    await bus.close();
    const found = await read(topic);
    const once = deduped(found);
    process.stderr.write(`${found.length - once.length} of ${found.length} twice, ${failures} publishes failed\n`);
    const numbers = numbersByKey(once);
    for (const [k, key] of keys.entries()) expect(numbers[key]).toEqual(countTo(Math.ceil((total - k) / keys.length)));
    expect(unhandled).toEqual([]);
    process.off('unhandledRejection', note);
  }, 1_200_000);
});

/** False where the bus asks for patience. */
const published = (bus: Bus, messages: readonly BusMessage[]): Promise<boolean> =>
  bus.publish(messages).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof Transient)) throw error;
      return false;
    },
  );

const publishSurely = (bus: Bus, messages: readonly BusMessage[]) =>
  until('the bus to take it', () => published(bus, messages), 60_000);
