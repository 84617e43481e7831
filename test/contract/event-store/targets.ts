import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../../libs/embedded-eventstore/embedded-event-store.js';

/** An event store to run the contract on. */
export interface Target {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function embedded(path?: string): Promise<Target> {
  const node = await EmbeddedEventStore.start({ path });
  return { url: node.connectionString, stop: () => node.close() };
}

async function onDisk(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'event-store-'));
  const node = await embedded(folder);
  return { url: node.url, stop: () => node.stop().then(() => rm(folder, { recursive: true })) };
}

/** Every store that the contract is run on: the embedded node in both forms, and a real one where there is one. */
export const targets: [string, () => Promise<Target>][] = [
  ['the embedded node in memory', () => embedded()],
  ['the embedded node on disk', onDisk],
];
const url = process.env['EVENTSTORE_URL'];
if (url) targets.push(['EVENTSTORE_URL', () => Promise.resolve({ url, stop: () => Promise.resolve() })]);
// asked for by CONTAINERS=1, where a Docker engine runs
if (process.env['CONTAINERS']) targets.push(['EventStoreDB in a container', inContainer]);

async function inContainer(): Promise<Target> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('eventstore/eventstore:23.10.8-bookworm-slim')
    .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_CLUSTER_SIZE: '1' })
    .withExposedPorts(2113)
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .start();
  const at = `${container.getHost()}:${container.getMappedPort(2113)}`;
  return { url: `esdb://${at}?tls=false`, stop: () => container.stop().then(() => undefined) };
}
