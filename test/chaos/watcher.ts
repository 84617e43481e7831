import { EventStoreDBClient, START } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';

/** Somebody who reads the log while it is written. `stop` tells which id it saw at which position. */
export type Watcher = { stop(): Promise<ReadonlyMap<bigint, string>> };

const everyMs = 500;
const page = 1_000;

/** Reads on from where it was, past every fault of the log. */
export const watchLog = (url: string): Watcher => {
  const seen = new Map<bigint, string>();
  const over = new AbortController();
  const watch = async () => {
    const client = EventStoreDBClient.connectionString(url);
    let from: bigint | undefined;
    while (!over.signal.aborted) {
      try {
        const fromPosition = from === undefined ? START : { commit: from, prepare: from };
        for await (const { event } of client.readAll({ fromPosition, maxCount: page })) {
          if (!event) continue;
          from = event.position.commit;
          if (!event.streamId.startsWith('$')) seen.set(from, event.id);
        }
      } catch {
        // it is down, and will be up
      }
      await pause(everyMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
    await client.dispose();
  };
  const watching = watch();
  return {
    async stop() {
      over.abort();
      await watching;
      return seen;
    },
  };
};
