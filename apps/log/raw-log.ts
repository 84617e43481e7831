import type { Readable } from 'node:stream';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { redacted } from '../../libs/platform/config.js';
import { spareRejections } from '../../libs/platform/stray-rejections.js';
import { CannotFinish } from './failures.js';
import type { RawEvent } from './raw-event.js';
import { eventIn, type ReadOptions, readRequest, removeRequest } from './raw-messages.js';

type CallOptions = { readonly requiresLeader?: boolean };
/** What the official client keeps for its own calls: its connection, with everything a connection string may say. */
type Inner = {
  GRPCStreamCreator<T>(
    type: typeof StreamsClient,
    name: string,
    create: (client: StreamsClient) => T,
  ): () => Promise<T>;
  execute<T>(type: typeof StreamsClient, name: string, act: (client: StreamsClient) => Promise<T>): Promise<T>;
  callArguments(options: CallOptions, more?: { deadline: number }): Parameters<StreamsClient['batchAppend']>;
};
type Call = Readable & { cancel(): void };
export type AppendCall = ReturnType<StreamsClient['makeBidiStreamRequest']> & Call;

const path = (method: string) => `/event_store.client.streams.Streams/${method}`;
const asItIs = (bytes: Buffer): Buffer => bytes;
const page = 2_000;
/** gRPC: CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE. */
const passing = new Set([1, 4, 14]);

/**
 * A log as its server has it, over the official client's connection but past its messages: those parse and print JSON,
 * which doesn't give back the bytes that were stored.
 */
export class RawLog {
  private readonly inner: Inner;

  private constructor(
    /** For messages: without passwords. */
    readonly name: string,
    private readonly client: EventStoreDBClient,
  ) {
    this.inner = client as unknown as Inner;
  }

  /** Throws {@link CannotFinish} where `url` is no connection string; connects on first use. */
  static connect(url: string): RawLog {
    spareRejections(({ stack, code }) => code !== undefined && /@grpc.grpc-js|@eventstore.db-client/.test(stack));
    try {
      return new RawLog(redacted(url), EventStoreDBClient.connectionString(url));
    } catch (fault) {
      throw new CannotFinish(`${redacted(url)} is no connection string: ${(fault as Error).message.split('\n')[0]}`);
    }
  }

  /** The log from its beginning, or behind the event at position `after`, to its present end; system events included, links as they are. */
  async *readAll(after?: number): AsyncGenerator<RawEvent> {
    let from = after;
    for (;;) {
      let seen = 0;
      // in pages: a read without an end can fill the memory of both sides
      for await (const event of this.read({ from, count: page })) {
        seen += 1;
        if (event.position === from) continue;
        from = event.position;
        yield event;
      }
      if (seen < page) return;
    }
  }

  /** The log from its end backwards. */
  async *readAllBackwards(): AsyncGenerator<RawEvent> {
    let from: number | undefined;
    for (let count = 10; ; count = page) {
      let seen = 0;
      for await (const event of this.read({ from, count, backwards: true })) {
        seen += 1;
        from = event.position;
        yield event;
      }
      if (seen < count) return;
    }
  }

  /** The event at `revision`, or the last one, as far as readers of the stream can see it. Of a tombstoned stream: 'gone'. */
  async eventOf(stream: string, revision?: number): Promise<RawEvent | 'gone' | undefined> {
    const where = revision === undefined ? { backwards: true } : { from: revision };
    try {
      for await (const event of this.read({ stream, count: 1, ...where }))
        return revision === undefined || event.revision === revision ? event : undefined;
      return undefined;
    } catch (fault) {
      if (detailOf(fault, 'exception') === 'stream-deleted') return 'gone';
      throw fault;
    }
  }

  /** Position of the newest event, 0 where there is none. Throws {@link CannotFinish} where nobody answers within 10 s. */
  async head(): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('silent for 10 s')), 10_000);
    });
    const newest = async () => {
      for await (const { position } of this.read({ count: 1, backwards: true })) return position;
      return 0;
    };
    try {
      return await Promise.race([newest(), silent]);
    } catch (fault) {
      throw new CannotFinish(`${this.name} doesn't answer: ${reasonOf((fault as Error).cause ?? fault)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A call that many appends go over, in order, to the node that writes. */
  openAppends(): Promise<AppendCall> {
    const [metadata, options] = this.inner.callArguments({ requiresLeader: true }, { deadline: Infinity });
    const open = this.inner.GRPCStreamCreator(StreamsClient, 'append', (client) =>
      client.makeBidiStreamRequest(path('BatchAppend'), asItIs, asItIs, metadata as never, options as never),
    );
    return open() as Promise<AppendCall>;
  }

  /** Soft delete, or a tombstone, whatever the stream's revision unless `expected`. */
  async remove(stream: string, how: 'Delete' | 'Tombstone', expected?: number): Promise<void> {
    const [metadata, options] = this.inner.callArguments({ requiresLeader: true });
    const request = removeRequest(stream, expected);
    await this.inner.execute(
      StreamsClient,
      how,
      (client) =>
        new Promise<void>((resolve, reject) => {
          const done = (fault: Error | null) => (fault ? reject(fault) : resolve());
          client.makeUnaryRequest(path(how), asItIs, asItIs, request, metadata as never, options as never, done);
        }),
    );
  }

  /** The last revision of a stream whose events nobody can read; -1: none. Undefined where the server doesn't tell. */
  async lastRevision(stream: string): Promise<number | undefined> {
    try {
      // no stream is there: the refusal says where it is
      await this.remove(stream, 'Delete', 2 ** 62);
      return undefined;
    } catch (fault) {
      const actual = detailOf(fault, 'actual-version');
      if (actual === undefined && detailOf(fault, 'exception') !== 'stream-deleted') throw fault;
      return actual === undefined ? undefined : Number(actual);
    }
  }

  /** Not to be awaited while a call has no answer. */
  async close(): Promise<void> {
    await this.client.dispose();
  }

  private async *read(options: ReadOptions): AsyncGenerator<RawEvent> {
    const [metadata, more] = this.inner.callArguments({}, { deadline: Infinity });
    const call = (await this.inner.GRPCStreamCreator(StreamsClient, 'read', (client) =>
      client.makeServerStreamRequest(
        path('Read'),
        asItIs,
        asItIs,
        readRequest(options),
        metadata as never,
        more as never,
      ),
    )()) as Call;
    call.on('error', () => undefined);
    try {
      for await (const response of call.iterator({ destroyOnReturn: false })) {
        const event = eventIn(response as Buffer);
        if (event) yield event;
      }
    } catch (fault) {
      if (!passing.has(Number((fault as { code?: unknown }).code))) throw fault;
      const again = 'run the same command again once it is there';
      throw new CannotFinish(`${this.name} broke off (${reasonOf(fault)}): ${again}`, { cause: fault });
    } finally {
      // one that was left: it has a page at most, while cancelling it makes the client build its channel anew
      call.resume();
    }
  }
}

const detailOf = (fault: unknown, key: string): string | undefined =>
  (fault as { metadata?: { get(key: string): unknown[] } }).metadata?.get(key)[0]?.toString();

/** What a call failed with, on one line. */
export const reasonOf = (fault: unknown): string => {
  const text = fault instanceof Error ? fault.message : String(fault);
  return (text.split('\n')[0] ?? text).replace(/\s+Resolution note:\s*$/, '');
};
