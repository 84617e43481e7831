import { EventStoreDBClient, START } from '@eventstore/db-client';

/** An event as the log has it. */
export type LogEvent = {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly data: any;
  readonly metadata: Readonly<Record<string, any>>;
};

const page = 4_000;

/** All of $all in its order, but for the system's own events: by the official client, nothing of ours in between. */
export const readLog = async (url: string): Promise<LogEvent[]> => {
  const client = EventStoreDBClient.connectionString(url);
  const events: LogEvent[] = [];
  let from: bigint | undefined;
  try {
    for (;;) {
      let seen = 0;
      const fromPosition = from === undefined ? START : { commit: from, prepare: from };
      for await (const { event } of client.readAll({ fromPosition, maxCount: page })) {
        seen += 1;
        if (!event || event.position.commit === from) continue;
        from = event.position.commit;
        if (event.streamId.startsWith('$')) continue;
        events.push({
          id: event.id,
          type: event.type,
          stream: event.streamId,
          revision: Number(event.revision),
          position: event.position.commit,
          data: event.data,
          metadata: event.metadata as LogEvent['metadata'],
        });
      }
      if (seen < page) return events;
    }
  } finally {
    await client.dispose();
  }
};

/** `category-vendor.id` in its parts; undefined for a stream of another form. */
export const partsOf = (stream: string): { category: string; vendor: string; id: string } | undefined => {
  const [, category, vendor, id] = /^([a-z]+)-([^.]+)\.(.+)$/.exec(stream) ?? [];
  return category && vendor && id ? { category, vendor, id } : undefined;
};
