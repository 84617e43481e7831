import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };
export type Asking = {
  /** Who asks; nobody without. */
  readonly as?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type QuickStart = {
  readonly url: string;
  readonly dataDir: string;
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** A verb with the If-Match of the present revision. */
  act(path: string, verb: string, as: string, body?: unknown): Promise<Answer>;
  /** Asks until `done` holds of the answer's body, 20 s at most. */
  until(path: string, as: string, done: (body: any) => boolean): Promise<any>;
  stop(): Promise<void>;
};

/** `npm start` itself, on a free port and a folder of its own. Needs the build. */
export const quickStart = async (): Promise<QuickStart> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiebreak-'));
  const child = spawn(process.execPath, ['dist/apps/standalone/main.js'], {
    // what other tests may be pointed at is not for this one
    env: {
      ...process.env,
      EVENTSTORE_URL: '',
      DATABASE_URL: '',
      KAFKA_BROKERS: '',
      OIDC_ISSUER: '',
      PORT: '0',
      DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await readyUrl(child).catch(async (fault: unknown) => {
    child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
    throw fault;
  });
  const tokens = new Map<string, string>();

  const tokenOf = async (persona: string): Promise<string> => {
    const known = tokens.get(persona);
    if (known) return known;
    const answer = await fetch(`${url}/demo/token`, { method: 'POST', body: new URLSearchParams({ persona }) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    tokens.set(persona, token);
    return token;
  };
  const ask = async (path: string, { as, method, body, headers }: Asking = {}): Promise<Answer> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(as && { authorization: `Bearer ${await tokenOf(as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    url,
    dataDir,
    ask,
    async act(path, verb, as, body = {}) {
      for (;;) {
        const { headers } = await ask(path, { as });
        const answer = await ask(`${path}/${verb}`, { as, body, headers: { 'if-match': headers.get('etag') ?? '' } });
        // a reactor was faster than we are: look again, as a person would
        if (answer.status !== 412) return answer;
      }
    },
    async until(path, as, done) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const { status, body } = await ask(path, { as });
        if (status === 200 && done(body)) return body;
        if (Date.now() > deadline) throw new Error(`${path} stayed ${status} ${JSON.stringify(body)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const readyUrl = async (child: ChildProcess): Promise<string> => {
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk));
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, url] = /^ready (http\S+)/.exec(line) ?? [];
    if (!url) continue;
    child.stdout!.resume();
    return url;
  }
  throw new Error(`the quick start ended before it was ready: ${said}`);
};
