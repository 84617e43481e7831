import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AllStreamResolvedEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach } from '@jest/globals';
import { EmbeddedEventStore, type EmbeddedEventStoreOptions } from './embedded-event-store.js';

export const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

export async function start(
  options: EmbeddedEventStoreOptions = {},
): Promise<{ node: EmbeddedEventStore; client: EventStoreDBClient }> {
  const node = await EmbeddedEventStore.start(options);
  undo.push(() => node.close());
  return { node, client: connect(node.connectionString) };
}

export function connect(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  undo.push(() => client.dispose());
  return client;
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-eventstore-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const event = (n: number | string, id = randomUUID() as string) =>
  jsonEvent({ id, type: 'happened', data: { n } });

export async function collected(call: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const one of call) found.push(one);
  return found;
}

export const everything = (client: EventStoreDBClient, stream?: string) =>
  collected(stream ? client.readStream(stream) : client.readAll());

export const isSystems = (one: unknown) => (one as AllStreamResolvedEvent).event?.type.startsWith('$');
