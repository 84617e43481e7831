import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export type Reply = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: any };
export type Request = {
  readonly persona: string | null;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Hangs up so many ms after it was sent, if it has not been answered by then. */
  readonly hangUpAfter?: number;
};

export type Client = {
  /** One attempt at one of the addresses; undefined where no answer came. */
  attempt(request: Request, at: number): Promise<Reply | undefined>;
  /** Reads until somebody answers with anything but a failure. */
  read(persona: string, path: string): Promise<Reply | undefined>;
  close(): void;
};

const patienceMs = 8_000;

/** Speaks to several api processes as several people of the quick start. `onFailure` hears of every answer of 500 and above. */
export const openClient = (urls: readonly string[], onFailure: (what: string, reply: Reply) => void): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tokens = new Map<string, string>();

  const send = (url: string, { method, path, body, headers, hangUpAfter }: Request, token: string | undefined) =>
    new Promise<Reply | undefined>((resolve) => {
      const { hostname, port } = new URL(url);
      const isForm = body instanceof URLSearchParams;
      const bytes = body === undefined ? undefined : Buffer.from(isForm ? String(body) : JSON.stringify(body));
      const call = httpRequest(
        {
          hostname,
          port,
          agent,
          method,
          path,
          headers: {
            ...(token && { authorization: `Bearer ${token}` }),
            ...(bytes && {
              'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
              'content-length': bytes.length,
            }),
            ...headers,
          },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.once('error', () => resolve(undefined));
          answer.once('close', () => {
            clearTimeout(timer);
            if (!answer.complete) return resolve(undefined);
            const text = Buffer.concat(parts).toString();
            const json = /json/.test(answer.headers['content-type'] ?? '');
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: json ? JSON.parse(text) : text });
          });
        },
      );
      const timer = setTimeout(() => call.destroy(), hangUpAfter ?? patienceMs);
      call.once('error', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      call.end(bytes);
    });

  const tokenOf = async (persona: string, url: string): Promise<string | undefined> => {
    const known = tokens.get(persona);
    if (known) return known;
    const asking = { persona: null, method: 'POST', path: '/demo/token', body: new URLSearchParams({ persona }) };
    const answer = await send(url, asking, undefined);
    const token = answer?.status === 201 || answer?.status === 200 ? (answer.body.access_token as string) : undefined;
    if (token) tokens.set(persona, token);
    return token;
  };

  const attempt: Client['attempt'] = async (asked, at) => {
    const url = urls[at % urls.length]!;
    const token = asked.persona === null ? undefined : await tokenOf(asked.persona, url);
    if (asked.persona !== null && !token) return undefined;
    const reply = await send(url, asked, token);
    if (reply?.status === 401 && asked.persona !== null) tokens.delete(asked.persona);
    if (reply && reply.status >= 500) onFailure(`${asked.method} ${asked.path}`, reply);
    return reply;
  };
  return {
    attempt,
    async read(persona, path) {
      for (let at = 0; at < 20; at++) {
        const reply = await attempt({ persona, method: 'GET', path }, at);
        if (reply && reply.status < 500 && reply.status !== 401 && reply.status !== 429) return reply;
        await pause(100);
      }
      return undefined;
    },
    close: () => agent.destroy(),
  };
};
