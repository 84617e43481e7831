import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  isCommandError,
  jsonEvent,
  NO_STREAM,
  type Position,
  type RecordedEvent,
  START,
  type StreamingRead,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { validate } from 'uuid';
import { spareRejections } from '../stray-rejections.js';
import {
  type Appended,
  categories,
  type Category,
  type Delivery,
  EventStore,
  type ExpectedRevision,
  isAfter,
  LogUnavailable,
  type Metadata,
  type NewEvent,
  parseStream,
  type Recorded,
  type StreamName,
  UnknownOutcome,
  WrongExpectedRevision,
} from './event-store.js';
import { decodeBase64Natively } from './native-base64.js';

const utf8 = new TextEncoder();
const appendPatienceMs = 10_000;
const page = 2_000;
/** The one stream outside our categories: it begins the log and says which log it is. */
const beginning = 'tiebreak';

/**
 * The log over the official client. What it adds to it:
 * 1. An append always ends: unanswered after 10 s, the client with its dead batch stream is replaced, and the outcome is unknown.
 * 2. Events that would kill the client's batch stream (an empty type, an invalid id) never reach it.
 * 3. Errors are told apart by code as well as by type: an append while the node is down rejects with a bare Error of code 14.
 * 4. Every read and subscription that isn't finished is cancelled: leaving a loop alone would leak the call.
 * 5. A connection that breaks while appends wait to be sent leaves rejections that nobody could catch: they end nothing; the
 *    appends themselves end by 1.
 * 6. Of $all only events of our categories come out, each once, in commit order.
 * 7. A read either comes to its end or rejects: the client ends those that it cancels as if nothing more were there.
 *
 * One instance per process: the client shares its pending appends between all clients of a process.
 */
export class EventStoreDb extends EventStore {
  private readonly disposed = new WeakSet<EventStoreDBClient>();

  private constructor(
    private readonly url: string,
    private client: EventStoreDBClient,
  ) {
    super();
  }

  /** @param url e.g. `esdb://127.0.0.1:2113?tls=false`; connects on first use. */
  static connect(url: string): EventStoreDb {
    spareRejections(isOfClient);
    decodeBase64Natively();
    return new EventStoreDb(url, EventStoreDBClient.connectionString(url));
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return this.appendTo(stream, expected, events);
  }

  async *read(stream: StreamName, fromRevision = 0): AsyncGenerator<Recorded> {
    try {
      for await (const { event } of this.eachOf((client) =>
        client.readStream(stream, { fromRevision: BigInt(fromRevision) }),
      )) {
        const recorded = event && recordedOf(event, event.position);
        if (recorded) yield recorded;
      }
    } catch (error) {
      if (!is(error, ErrorType.STREAM_NOT_FOUND)) throw explained(error);
    }
  }

  async *readAll({
    after,
    limit = Infinity,
  }: { readonly after?: string | undefined; readonly limit?: number } = {}): AsyncGenerator<Recorded> {
    let from = after;
    let left = limit;
    for (;;) {
      let seen = 0;
      // in pages: a read without an end can fill the memory of both sides
      const fromPosition = from === undefined ? START : positionOf(from);
      try {
        for await (const { event } of this.eachOf((client) => client.readAll({ fromPosition, maxCount: page }))) {
          seen += 1;
          if (!event || (from !== undefined && !isAfter(String(event.position.commit), from))) continue;
          from = String(event.position.commit);
          const recorded = recordedOf(event, event.position);
          if (!recorded) continue;
          yield recorded;
          if (--left <= 0) return;
        }
      } catch (error) {
        throw explained(error);
      }
      if (seen < page) return;
    }
  }

  async *subscribe({
    after,
    signal,
    only = categories,
  }: {
    readonly after?: string | undefined;
    readonly signal: AbortSignal;
    readonly only?: readonly Category[];
  }): AsyncGenerator<Delivery> {
    if (signal.aborted) return;
    const filter = streamNameFilter({
      prefixes: only.map((category) => `${category}-`),
      checkpointInterval: 32,
      // put in line behind the events that it stands behind, however many of them still wait to be read
      checkpointReached: async (at, position) => {
        at.push({ mark: String(position.commit) } satisfies Sign);
      },
    });
    const subscription = this.client.subscribeToAll({
      fromPosition: after === undefined ? START : positionOf(after),
      filter,
    });
    const stop = () => void subscription.unsubscribe();
    signal.addEventListener('abort', stop, { once: true });
    // a call that breaks may say so once more after nobody listens
    subscription.on('error', nobody).on('caughtUp', () => void subscription.push('live' satisfies Sign));
    try {
      for await (const each of subscription.iterator({ destroyOnReturn: false }) as AsyncIterable<
        AllStreamResolvedEvent | Sign
      >) {
        if (signal.aborted) return;
        if (each === 'live') yield { kind: 'live' };
        else if ('mark' in each) yield { kind: 'checkpoint', position: each.mark };
        else {
          const recorded = each.event && recordedOf(each.event, each.event.position);
          if (recorded) yield { kind: 'event', event: recorded };
        }
      }
    } catch (error) {
      if (!signal.aborted) throw explained(error);
    } finally {
      signal.removeEventListener('abort', stop);
      await subscription.unsubscribe();
      subscription.resume();
    }
  }

  async logId(): Promise<string> {
    const known = await this.begun();
    if (known) return known;
    const now = new Date().toISOString();
    const logId = crypto.randomUUID();
    const metadata: Metadata = {
      $correlationId: logId,
      $causationId: logId,
      commandId: logId,
      at: now,
      actor: 'system',
      vendor: '',
      schema: 1,
    };
    try {
      await this.appendTo(beginning, 'no-stream', [{ id: logId, type: 'LogOpened', data: { logId }, metadata }]);
      return logId;
    } catch (error) {
      // another process opened it meanwhile, or the answer was lost: the stream knows
      const other = await this.begun();
      if (other) return other;
      throw error;
    }
  }

  async head(): Promise<string> {
    try {
      const newest = { direction: BACKWARDS, fromPosition: END, maxCount: 1 } as const;
      for await (const { event } of this.eachOf((client) => client.readAll(newest)))
        if (event) return String(event.position.commit);
      return '0';
    } catch (error) {
      throw explained(error);
    }
  }

  async close(): Promise<void> {
    await this.dispose(this.client);
  }

  /**
   * The events of a read, to be left at any time: the call is cancelled and what it still had is drained. A plain
   * `for await` that is left destroys its end of the pipe, and the call behind it stays with the client for ever.
   */
  private async *eachOf<E>(begin: (client: EventStoreDBClient) => StreamingRead<E>): AsyncGenerator<E> {
    const { client } = this;
    const call = begin(client);
    call.on('error', nobody);
    try {
      yield* call.iterator({ destroyOnReturn: false }) as AsyncIterable<E>;
    } finally {
      await call.cancel();
      call.resume();
    }
    if (this.disposed.has(client)) throw new LogUnavailable('the connection was given up during a read');
  }

  private async begun(): Promise<string | undefined> {
    try {
      const first = this.eachOf((client) => client.readStream(beginning, { maxCount: 1 }));
      for await (const { event } of first) return (event?.data as { logId: string } | undefined)?.logId;
      return undefined;
    } catch (error) {
      if (is(error, ErrorType.STREAM_NOT_FOUND)) return undefined;
      throw explained(error);
    }
  }

  private async appendTo(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const malformed = events.find(({ id, type }) => type === '' || !validate(id));
    if (malformed) throw new TypeError(`not an event: type '${malformed.type}', id '${malformed.id}'`);
    const { client } = this;
    let timer: NodeJS.Timeout | undefined;
    const unanswered = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.replace(client);
        reject(new UnknownOutcome(`no answer to an append to ${stream} in ${appendPatienceMs} ms`));
      }, appendPatienceMs);
    });
    try {
      const result = await Promise.race([
        client.appendToStream(
          stream,
          events.map(({ id, type, data, metadata }) =>
            // as bytes the client sends it as it is; an object it turns into base64 and back, twice
            jsonEvent({
              id,
              type,
              data: data as Record<string, unknown>,
              metadata: utf8.encode(JSON.stringify(metadata)),
            }),
          ),
          { expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected) },
        ),
        unanswered,
      ]);
      return { revision: Number(result.nextExpectedRevision), position: String(result.position?.commit ?? 0) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) {
        throw new WrongExpectedRevision(
          stream,
          typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : undefined,
        );
      }
      if (isTransient(error)) throw new UnknownOutcome(messageOf(error), { cause: error });
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private replace(dead: EventStoreDBClient): void {
    if (this.client !== dead) return;
    this.client = EventStoreDBClient.connectionString(this.url);
    void this.dispose(dead).catch(() => undefined);
  }

  private async dispose(client: EventStoreDBClient): Promise<void> {
    this.disposed.add(client);
    await client.dispose();
  }
}

/** What a subscription says between its events: everything up to here was seen; nothing more waits. */
type Sign = { readonly mark: string } | 'live';

const nobody = (): void => undefined;
const positionOf = (position: string): Position => ({ commit: BigInt(position), prepare: BigInt(position) });

const recordedOf = (event: RecordedEvent, position: Position | undefined): Recorded | undefined => {
  const stream = parseStream(event.streamId);
  if (!stream || !event.isJson) return undefined;
  // what others wrote into a stream of ours may have none: whoever knows its type says what is wrong with it
  const metadata = (event.metadata ?? {}) as Metadata;
  return {
    id: event.id,
    type: event.type,
    data: event.data,
    stream,
    revision: Number(event.revision),
    position: String(position?.commit ?? 0),
    at: metadata.at ?? event.created.toISOString(),
    actor: metadata.actor ?? '',
    metadata,
  };
};

const is = (error: unknown, type: ErrorType): boolean =>
  error instanceof Error && isCommandError(error) && error.type === type;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** gRPC: CANCELLED, DEADLINE_EXCEEDED, ABORTED (consumer too slow, time-out), UNAVAILABLE. */
const transientCodes = new Set([1, 4, 10, 14]);
const transientTypes = new Set<ErrorType>([
  ErrorType.CANCELLED,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.NOT_LEADER,
  ErrorType.TIMEOUT,
  ErrorType.UNAVAILABLE,
]);
const isTransient = (error: unknown): boolean =>
  error instanceof Error &&
  ((isCommandError(error) && transientTypes.has(error.type)) ||
    ('code' in error && transientCodes.has(Number(error.code))) ||
    // INTERNAL is a connection that broke, too, where the server didn't say so itself
    error.message.includes('Received RST_STREAM'));
const isOfClient: Parameters<typeof spareRejections>[0] = ({ stack, code }) =>
  transientCodes.has(Number(code)) && /@grpc.grpc-js|@eventstore.db-client/.test(stack);
const explained = (error: unknown): unknown =>
  isTransient(error) ? new LogUnavailable(messageOf(error), { cause: error }) : error;
