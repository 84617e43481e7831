import { randomUUID } from 'node:crypto';
import { bytesField, messageField, uintField } from './wire.js';

const VERSION = '23.10.0';
const LEADER = 8;

const STREAMS = 'event_store.client.streams.streams';
const METHODS: readonly [service: string, method: string, ...features: string[]][] = [
  [STREAMS, 'read', 'position', 'events'],
  [STREAMS, 'append'],
  [STREAMS, 'batchappend', 'deadline_duration'],
  [STREAMS, 'delete'],
  [STREAMS, 'tombstone'],
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
];

/** What this server can do, in lower case as clients compare it. */
export function supportedMethods(): Buffer {
  const methods = METHODS.map(([service, method, ...features]) =>
    messageField(1, bytesField(1, method), bytesField(2, service), ...features.map((name) => bytesField(3, name))),
  );
  return Buffer.concat([...methods, bytesField(2, VERSION)]);
}

const instance = randomUUID();

/** A cluster of one: this node, alive, its leader. */
export function clusterInfo(port: number): Buffer {
  const now = BigInt(Date.now()) * 10_000n;
  const endpoint = messageField(5, bytesField(1, '127.0.0.1'), uintField(2, port));
  return messageField(
    1,
    messageField(1, bytesField(2, instance)),
    uintField(2, now),
    uintField(3, LEADER),
    uintField(4, 1),
    endpoint,
  );
}
