import { type Admin, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { Transient } from '../processors/processor.js';
import { type Bus, type BusMessage, encode, type Encoded } from './bus.js';
import { isAboutMessages, sparesProducer, sparingTheProcess, whyOf } from './kafka-faults.js';

export type KafkaBusOptions = {
  /** host:port each. */
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** Of topics that it has to make; unset: the broker's own default. */
  readonly partitions?: number;
  /** How long a broker may take over one request; a send is tried {@link tries} times. */
  readonly requestTimeoutMs?: number;
};

/** A broker takes 1 MiB a batch and partition; what the batch itself adds stays well below the rest. */
const batchBytes = 900_000;
const retries = 3;
/** How often a send is tried before `publish` gives up. */
export const tries = retries + 1;

/**
 * Topics of a Kafka cluster; those missing are made. What it adds to kafkajs:
 * 1. Order per key: acks of all replicas, idempotent, one request in flight; batches cut by bytes.
 * 2. One producer for as long as its faults are cured by waiting, for only the same producer id lets a broker recognise a
 *    repeat. After any other fault a new one.
 * 3. A new one too where an outcome stayed unknown and something else than that repeat follows: its sequence numbers
 *    might be those of what was written, and a broker drops such a batch as a repeat.
 * 4. No rejection that kafkajs leaves unhandled ends the process.
 */
export const kafkaBus = (options: KafkaBusOptions): Bus => {
  const { brokers, clientId = 'tiebreak', requestTimeoutMs = 10_000 } = options;
  sparingTheProcess();
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    // every fault reaches the caller as an error
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, factor: 0.2, multiplier: 2, retries },
  });
  let connecting: Promise<Producer> | undefined;
  const known = new Set<string>();
  /** By topic, the first message of what was given when an outcome stayed unknown. */
  const unsettled = new Map<string, string>();

  const connect = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect().catch(async (fault: unknown) => {
      await parting(producer);
      throw fault;
    });
    return producer;
  };
  const present = (): Promise<Producer> => {
    const attempt = (connecting ??= connect());
    attempt.catch(() => {
      if (connecting === attempt) connecting = undefined;
    });
    return attempt;
  };
  const renew = async () => {
    const old = connecting;
    connecting = undefined;
    await old?.then(parting, () => undefined);
  };

  const send = async (batch: readonly Encoded[], messages: readonly BusMessage[]): Promise<void> => {
    const firsts = firstOfEach(messages);
    for (const [topic, first] of firsts) {
      if ((unsettled.get(topic) ?? first) === first) continue;
      await renew();
      unsettled.clear();
    }
    for (const topic of firsts.keys())
      if (!known.has(topic)) known.add(await makeSure(kafka, topic, options.partitions));
    const producer = await present();
    for (const [topic, first] of firsts) unsettled.set(topic, first);
    for (const cut of cutByBytes(batch)) {
      await producer.sendBatch({ acks: -1, topicMessages: byTopic(cut) }).catch(async (fault: unknown) => {
        if (!sparesProducer(fault)) {
          await renew();
          unsettled.clear();
        }
        throw fault;
      });
    }
    for (const topic of firsts.keys()) unsettled.delete(topic);
  };

  return {
    async publish(messages) {
      const batch = messages.map(encode);
      await send(batch, messages).catch((cause: unknown) => {
        const topics = [...firstOfEach(messages).keys()];
        // a topic may have been deleted: look again
        for (const topic of topics) known.delete(topic);
        const why = `Kafka (${brokers.join(', ')}; ${topics.join(', ')}): ${whyOf(cause)}`;
        throw isAboutMessages(cause) ? new Error(why, { cause }) : new Transient(why, { cause });
      });
    },
    close: renew,
  };
};

const parting = (client: Producer | Admin): Promise<void> => client.disconnect().catch(() => undefined);

const firstOfEach = (messages: readonly BusMessage[]): Map<string, string> =>
  // the last entry of a topic wins, so from the end
  new Map(messages.toReversed().map(({ topic, headers }) => [topic, headers['ce_id'] ?? '']));

const makeSure = async (kafka: Kafka, topic: string, partitions: number | undefined): Promise<string> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    if ((await admin.listTopics()).includes(topic)) return topic;
    await admin.createTopics({ topics: [{ topic, ...(partitions && { numPartitions: partitions }) }] });
    return topic;
  } catch (cause) {
    throw new Error(`topic ${topic} can't be made sure of: ${whyOf(cause)}`, { cause });
  } finally {
    await parting(admin);
  }
};

const cutByBytes = (batch: readonly Encoded[]): Encoded[][] => {
  const cuts: Encoded[][] = [];
  let room = 0;
  for (const encoded of batch) {
    if (encoded.bytes > room) {
      cuts.push([]);
      room = batchBytes;
    }
    cuts.at(-1)!.push(encoded);
    room -= encoded.bytes;
  }
  return cuts;
};

const byTopic = (batch: readonly Encoded[]) => {
  const topics = new Map<string, { key: string; value: string; headers: Record<string, string> }[]>();
  for (const { message, text } of batch) {
    const records = topics.get(message.topic) ?? [];
    records.push({ key: message.key, value: text, headers: { ...message.headers } });
    topics.set(message.topic, records);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
};
