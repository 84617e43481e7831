import { appendCalls, batchAppendCalls, removeCalls } from './appends.js';
import { type Call, grpcServer, type GrpcServer, type Method, onlyMessage, reply } from './grpc.js';
import { lmdbStorage } from './lmdb-storage.js';
import { type Log, openLog } from './log.js';
import { memoryStorage } from './memory-storage.js';
import { decodeRead } from './messages.js';
import { readAll, readStream } from './reads.js';
import { clusterInfo, supportedMethods } from './server-features.js';
import { type EventStorage, FIRST_POSITION } from './storage.js';
import { subscribeToAll, subscribeToStream } from './subscriptions.js';
import { type Mood, moodOf, type Unkindness } from './unkind.js';
import { admit, writeUsers } from './users.js';
import { startWriter } from './writer.js';

export interface EmbeddedEventStoreOptions {
  /** Folder to keep the log in; without it the log is gone when the node closes. */
  readonly path?: string | undefined;
  /** 0 (the default) takes a free port. */
  readonly port?: number | undefined;
  /** Called once when a write has failed, before its clients are answered: the node reads on but writes no more. */
  readonly onBroken?: ((error: Error) => void) | undefined;
  /**
   * The largest the log may grow, in bytes of events as positions count them. An append beyond it is answered UNAVAILABLE
   * and leaves nothing; reads go on.
   */
  readonly maxBytes?: number | undefined;
  /** For tests: what a real node does to its clients on a bad day. */
  readonly unkind?: Unkindness | undefined;
}

/** An event store of one node that speaks EventStoreDB 23.10's protocol to its own client, on this machine only. */
export class EmbeddedEventStore {
  private constructor(
    readonly port: number,
    private readonly server: GrpcServer,
    private readonly shut: () => Promise<void>,
  ) {}

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Rejects with a message for the user when the folder or the port cannot be had. */
  static async start(options: EmbeddedEventStoreOptions = {}): Promise<EmbeddedEventStore> {
    const storage: EventStorage = options.path === undefined ? memoryStorage() : await lmdbStorage(options.path);
    const log = openLog(storage);
    const writer = startWriter(log, options);
    const mood = moodOf(options.unkind);
    let port = options.port ?? 0;
    const methods = new Map<string, Method>([
      ['streams.Streams/Append', { serve: appendCalls(writer, mood) }],
      ['streams.Streams/BatchAppend', { serve: batchAppendCalls(writer, mood), lasting: true }],
      ['streams.Streams/Read', { serve: (call) => read(log, call, mood), lasting: true }],
      ['streams.Streams/Delete', { serve: removeCalls(writer, 'delete') }],
      ['streams.Streams/Tombstone', { serve: removeCalls(writer, 'tombstone') }],
      ['gossip.Gossip/Read', { serve: (call) => reply(call, clusterInfo(port)) }],
      ['server_features.ServerFeatures/GetSupportedMethods', { serve: (call) => reply(call, supportedMethods()) }],
    ]);
    const server = grpcServer(
      new Map([...methods].map(([name, method]) => [`/event_store.client.${name}`, method])),
      admit,
    );
    try {
      if (log.end() === FIRST_POSITION) await writeUsers(writer);
      port = await server.listen(port);
    } catch (error) {
      await storage.close();
      throw portError(error as NodeJS.ErrnoException, port);
    }
    return new EmbeddedEventStore(port, server, async () => {
      await server.stop();
      await writer.idle();
      await storage.close();
    });
  }

  private closing: Promise<void> | undefined;

  /** Ends open calls with CANCEL, finishes what is being written and gives the folder free. */
  close(): Promise<void> {
    return (this.closing ??= this.shut());
  }

  /** For tests: breaks all connections at once. */
  cutConnections(): void {
    this.server.cut();
  }
}

async function read(log: Log, call: Call, mood: Mood): Promise<void> {
  const request = decodeRead(await onlyMessage(call));
  const { stream, subscription } = request;
  if (subscription)
    return stream === undefined
      ? subscribeToAll(log, call, request, mood)
      : subscribeToStream(log, call, request, stream, mood);
  if (request.count === 0) throw new Error('the count of a read must be positive');
  await mood.delay();
  return stream === undefined ? readAll(log, call, request) : readStream(log, call, request, stream);
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is in use. Stop what uses it or choose another one (0 takes a free one).`);
  return new Error(`Port ${port} cannot be opened: ${error.message}.`);
}
