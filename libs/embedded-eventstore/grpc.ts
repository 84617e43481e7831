import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo } from 'node:net';

export const Status = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** What a call ends with when it fails: a gRPC status, its text and further trailers. */
export class CallError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly trailers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** One gRPC call as the server sees it. */
export interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly closed: boolean;
  /** Bytes of finished frames that the peer has not taken yet. */
  readonly unsent: number;
  /** Sends finished frames (see `frame`); resolves when more may be sent, with true if it had to wait for the peer. */
  send(frames: Buffer): Promise<boolean>;
  end(): void;
  fail(error: unknown): void;
  onMessage(listener: (message: Buffer) => void): void;
  /** The peer has sent everything. */
  onEnd(listener: () => void): void;
  onClose(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Breaks the connection below the call, as a network would. */
  cut(): void;
}

export interface Method {
  readonly serve: (call: Call) => void | Promise<void>;
  /** Open calls of it end with CANCEL when the server stops; others may finish, or lose their connection. */
  readonly lasting?: true;
}

const MAX_MESSAGE = 16 * 1024 * 1024 - 10_000;

/** The message with its gRPC length prefix. */
export function frame(message: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** A plaintext HTTP/2 server of the given methods, by path (`/package.Service/Method`). */
export interface GrpcServer {
  /** Listens on this machine's loopback address and gives the port. */
  listen(port: number): Promise<number>;
  /** Ends lasting calls with RST_STREAM(CANCEL), as a stopping server does, and the connections after them. */
  stop(): Promise<void>;
  /** Breaks every connection at once, without a word. */
  cut(): void;
}

/** `admit` throws what a call is to end with that may not be made, given its `authorization`. */
export function grpcServer(
  methods: ReadonlyMap<string, Method>,
  admit: (authorization: string | undefined) => void,
): GrpcServer {
  const sessions = new Set<ServerHttp2Session>();
  const lasting = new Set<ServerHttp2Stream>();
  const options = {
    settings: { initialWindowSize: 1 << 20, maxConcurrentStreams: 10_000 },
    maxSessionMemory: 512,
    // one client may cancel reads as fast as it likes: it is the machine's own user
    streamResetBurst: 1_000_000,
    streamResetRate: 1_000_000,
  };
  const server = createServer(options);
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
    session.setLocalWindowSize(16 << 20);
  });
  server.on('stream', (stream, headers) => {
    const call = openCall(stream, headers);
    const method = methods.get(headers[':path'] ?? '');
    if (method?.lasting) {
      lasting.add(stream);
      stream.on('close', () => lasting.delete(stream));
    }
    void run(method, call, admit);
  });
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      }),
    async stop() {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stream of lasting) stream.close(constants.NGHTTP2_CANCEL);
      for (const session of sessions) session.close();
      const forced = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, 500);
      await stopped;
      clearTimeout(forced);
    },
    cut() {
      for (const session of sessions) session.destroy();
    },
  };
}

async function run(
  method: Method | undefined,
  call: Call,
  admit: (authorization: string | undefined) => void,
): Promise<void> {
  try {
    admit(call.headers.authorization);
    if (!method) throw new CallError(Status.unimplemented, `${call.headers[':path']} is not implemented`);
    await method.serve(call);
  } catch (error) {
    call.fail(error);
  }
}

/** The single message of a unary call. */
export function onlyMessage(call: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let message: Buffer | undefined;
    call.onMessage((bytes) => (message ??= bytes));
    call.onEnd(() => (message ? resolve(message) : reject(new CallError(Status.internal, 'the request is empty'))));
  });
}

/** Answers a unary call and ends it. */
export function reply(call: Call, message: Buffer): void {
  void call.send(frame(message));
  call.end();
}

function openCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Call {
  let trailers: Record<string, string> = { 'grpc-status': '0' };
  let held: (() => void)[] = [];
  const freed = () => {
    for (const release of held) release();
    held = [];
  };
  const isClosed = () => stream.destroyed || stream.closed || stream.writableEnded;
  stream.on('error', () => undefined);
  stream.on('drain', freed);
  stream.on('close', freed);
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  const respond = () => {
    if (!stream.headersSent)
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  };
  // what the peer still sends is of no interest then; left unread it would keep the stream open
  const drop = () => void (stream.readableEnded || stream.resume());
  const call: Call = {
    headers,
    get closed() {
      return isClosed();
    },
    get unsent() {
      return stream.writableLength;
    },
    async send(frames) {
      if (isClosed()) return false;
      respond();
      if (stream.write(frames)) return false;
      await new Promise<void>((resolve) => held.push(resolve));
      return true;
    },
    end() {
      if (isClosed()) return;
      respond();
      stream.end();
      drop();
    },
    fail(error) {
      if (isClosed()) return;
      trailers = failure(error);
      if (stream.headersSent) stream.end();
      else stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...trailers }, { endStream: true });
      drop();
    },
    onMessage: (listener) => splitMessages(stream, listener, (error) => call.fail(error)),
    onEnd: (listener) => void stream.on('end', listener),
    onClose: (listener) => void stream.on('close', listener),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    cut: () => stream.session?.destroy(),
  };
  return call;
}

function failure(error: unknown): Record<string, string> {
  const known =
    error instanceof CallError
      ? error
      : new CallError(Status.unknown, error instanceof Error ? error.message : String(error));
  const trailers: Record<string, string> = {
    'grpc-status': String(known.status),
    'grpc-message': asciiOnly(known.message),
  };
  for (const [key, value] of Object.entries(known.trailers)) trailers[key] = asciiOnly(value);
  return trailers;
}

/** HTTP/2 header values are ASCII; gRPC percent-encodes the rest. */
const asciiOnly = (text: string) =>
  text.replace(/[^\x20-\x24\x26-\x7e]+/gu, (odd) => encodeURIComponent(Buffer.from(odd).toString()));

function splitMessages(
  stream: ServerHttp2Stream,
  listener: (message: Buffer) => void,
  failed: (error: unknown) => void,
): void {
  let rest: Buffer[] = [];
  let length = 0;
  let needed = 5;
  stream.on('data', (chunk: Buffer) => {
    rest.push(chunk);
    length += chunk.length;
    if (length < needed) return;
    let bytes = rest.length === 1 ? chunk : Buffer.concat(rest);
    try {
      for (needed = 5; bytes.length >= needed; needed = 5) {
        const size = bytes.readUInt32BE(1);
        if (bytes[0] !== 0) throw new CallError(Status.unimplemented, 'compressed messages are not supported');
        if (size > MAX_MESSAGE)
          throw new CallError(
            Status.resourceExhausted,
            `Received message exceeds the maximum of ${MAX_MESSAGE} bytes.`,
          );
        needed = 5 + size;
        if (bytes.length < needed) break;
        listener(bytes.subarray(5, needed));
        bytes = bytes.subarray(needed);
      }
    } catch (error) {
      stream.removeAllListeners('data');
      failed(error);
    }
    rest = bytes.length ? [bytes] : [];
    length = bytes.length;
  });
}
