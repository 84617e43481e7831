import { randomUUID } from 'node:crypto';
import {
  type EmbeddedEventStore,
  EmbeddedEventStore as Node,
  type EmbeddedEventStoreOptions,
} from '../../libs/embedded-eventstore/embedded-event-store.js';
import type { Event } from '../../libs/kernel/decider.js';
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  LogUnavailable,
  type NewEvent,
  type StreamName,
  UnknownOutcome,
} from '../../libs/platform/event-store/event-store.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';

/** An embedded node in memory and the adapter to it. */
export type TestLog = { readonly node: EmbeddedEventStore; readonly store: EventStoreDb; close(): Promise<void> };

export const startLog = async (options: EmbeddedEventStoreOptions = {}): Promise<TestLog> => {
  const node = await Node.start(options);
  const store = EventStoreDb.connect(node.connectionString);
  return {
    node,
    store,
    async close() {
      await store.close();
      await node.close();
    },
  };
};

/** A node's bad day in small: every number is reached within a test of some hundred events. */
export const unkind = (seed: number): EmbeddedEventStoreOptions => ({
  unkind: {
    dropSlowSubscribersAt: 12,
    silentOnConcurrentRepeat: true,
    answerDelay: 8,
    cutEveryAppend: 15,
    cutSubscriptionsAfter: 40,
    seed,
  },
});

/** `events` as a command of vendor `vendor` would have left them: the same ones again until their outcome is known. */
export const append = async (
  store: EventStore,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly Event[],
  at = '2026-01-15T09:00:00.000Z',
): Promise<Appended> => {
  const recorded = events.map(({ type, data }) => recordedNow(type, data, stream, at));
  for (const until = Date.now() + 15_000; ;) {
    try {
      return await store.append(stream, expected, recorded);
    } catch (fault) {
      const unknown = fault instanceof UnknownOutcome || fault instanceof LogUnavailable;
      if (!unknown || Date.now() > until) throw fault;
    }
  }
};

const recordedNow = (type: string, data: unknown, stream: StreamName, at: string): NewEvent => {
  const commandId = randomUUID();
  const vendor = stream.slice(stream.indexOf('-') + 1, stream.indexOf('.'));
  const caused = { $correlationId: commandId, $causationId: commandId };
  return {
    id: randomUUID(),
    type,
    data,
    metadata: { ...caused, commandId, at, actor: 'tester', vendor, schema: 1 },
  };
};
