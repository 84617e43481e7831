import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

// the built quick start, as `npm start` runs it; needs `npm run build` before
const MAIN = resolve('dist/apps/standalone/main.js');
const PROCESSORS = resolve('dist/apps/worker/processors.js');

// what other tests may be pointed at
const UNSET = { EVENTSTORE_URL: '', DATABASE_URL: '', KAFKA_BROKERS: '', OIDC_ISSUER: '' };

type Start = {
  readonly pid: number;
  /** Its address and how long it took, in ms. */
  readonly ready: Promise<{ url: string; ms: number }>;
  readonly ended: Promise<{ code: number | null; errors: string }>;
};

const begin = (dataDir: string, env: NodeJS.ProcessEnv = {}): Start => {
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...UNSET, PORT: '0', ...env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [output, errors] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, errors }));
  const ready = new Promise<{ url: string; ms: number }>((fulfil, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const url = /^ready (http:\S+)$/m.exec(output)?.[1];
      if (url) fulfil({ url, ms: performance.now() - began });
    });
    void ended.then(() => reject(new Error(`ended before it was ready: ${errors}`)));
  });
  ready.catch(() => undefined);
  return { pid: child.pid ?? 0, ready, ended };
};

/** Every process of a start: they all inherit its DATA_DIR. */
const processesOf = async (dataDir: string, command = ''): Promise<number[]> => {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [environ, cmdline] = await Promise.all(
      ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    if (environ?.split('\0').includes(`DATA_DIR=${dataDir}`) && cmdline?.includes(command)) found.push(Number(pid));
  }
  return found;
};
const kill = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(pid, signal);
  } catch {
    // already gone
  }
};
const until = async (condition: () => Promise<boolean>, within = 20_000) => {
  for (const began = performance.now(); performance.now() - began < within; await wait(25))
    if (await condition()) return;
  throw new Error(`not within ${within} ms: ${condition.toString()}`);
};
const answers = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
const interrupt = async ({ pid, ended }: Start) => {
  // the terminal and npm both send it
  kill(-pid, 'SIGINT');
  kill(-pid, 'SIGINT');
  return ended;
};

let root: string;
beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error('not built: npm run build comes first');
  root = await mkdtemp(join(tmpdir(), 'tiebreak-start-'));
});
afterEach(async () => {
  for (const name of await readdir(root)) for (const pid of await processesOf(join(root, name))) kill(pid, 'SIGKILL');
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 10 }));

describe('the quick start', () => {
  it('is ready within 15 s in a fresh folder, ends in order on Ctrl-C, and starts again', async () => {
    const dir = join(root, 'fresh');
    const first = begin(dir);
    const { url, ms } = await first.ready;
    expect(ms).toBeLessThan(15_000);
    expect(await answers(url)).toBe(true);
    expect(await interrupt(first)).toEqual({ code: 0, errors: '' });
    expect(await processesOf(dir)).toEqual([]);
    expect(JSON.parse(await readFile(join(dir, 'format.json'), 'utf8'))).toEqual({ name: 'tiebreak', version: 1 });

    const second = begin(dir);
    expect(await answers((await second.ready).url)).toBe(true);
    kill(second.pid, 'SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(await processesOf(dir)).toEqual([]);
  });

  it('comes up with a processor that is stopped, and says by which command it goes on', async () => {
    const dir = join(root, 'stopped');
    const first = begin(dir);
    await first.ready;
    const addresses = await readFile(join(dir, 'addresses.json'), 'utf8');
    const postgres = new Client({ connectionString: (JSON.parse(addresses) as { DATABASE_URL: string }).DATABASE_URL });
    await postgres.connect();
    const row = "UPDATE processor_checkpoint SET status = 'stopped', error = 'a row it cannot write' WHERE name = $1";
    await postgres.query(row, ['registration-list']);
    await postgres.end();
    await interrupt(first);

    const second = begin(dir);
    const { url } = await second.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    const operator = promisify(execFile)(process.execPath, [PROCESSORS, 'retry', 'registration-list'], {
      env: { ...process.env, ...UNSET, DATA_DIR: dir },
    });
    expect((await operator).stdout).toMatch('registration-list goes on');
    await until(() => answers(url));
    expect((await interrupt(second)).errors).toBe(
      'tiebreak: registration-list is stopped: a row it cannot write. Once that is mended: ' +
        'npm run processors -- retry registration-list; to pass it over for good: npm run processors -- skip registration-list\n',
    );
  });

  it('ends in order on Ctrl-C while it is still starting', async () => {
    const dir = join(root, 'impatient');
    const start = begin(dir);
    await until(async () => existsSync(join(dir, 'logs/postgres.log')));
    expect((await interrupt(start)).code).toBe(0);
    expect(await processesOf(dir)).toEqual([]);
    const again = begin(dir);
    await again.ready;
    await interrupt(again);
  });

  it('survives kill -9 of its process group, taking the running Postgres over, and kill -9 of everything', async () => {
    const dir = join(root, 'killed');
    const env = { PORT: String(await unusedPort()) };
    const first = begin(dir, env);
    await first.ready;
    const postmaster = await processesOf(dir, 'cluster');
    kill(-first.pid, 'SIGKILL');
    await first.ended;

    const second = begin(dir, env);
    expect(await answers((await second.ready).url)).toBe(true);
    expect(postmaster).toHaveLength(1);
    expect(await processesOf(dir, 'cluster')).toEqual(postmaster);
    for (const pid of await processesOf(dir)) kill(pid, 'SIGKILL');
    await second.ended;

    const third = begin(dir, env);
    expect(await answers((await third.ready).url)).toBe(true);
    expect(await processesOf(dir, 'cluster')).not.toEqual(postmaster);
    expect((await interrupt(third)).code).toBe(0);
  });

  it('starts a part again that dies, at the same address', async () => {
    const dir = join(root, 'parts');
    const start = begin(dir);
    const { url } = await start.ready;
    for (const part of ['apps/api/main.js', 'apps/worker/main.js', 'embedded-eventstore/main.js', 'cluster']) {
      const before = await processesOf(dir, part);
      expect(before).toHaveLength(1);
      kill(before[0]!, 'SIGKILL');
      await until(async () => {
        const now = await processesOf(dir, part);
        return now.length === 1 && now[0] !== before[0] && (await answers(url));
      });
    }
    const { code, errors } = await interrupt(start);
    expect(code).toBe(0);
    expect(errors.match(/starting it again/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('refuses in one line, changing nothing, what it cannot run with', async () => {
    const refusal = async (dir: string, env: NodeJS.ProcessEnv = {}) => {
      const { code, errors } = await begin(dir, env).ended;
      expect(code).toBe(1);
      expect(errors.trimEnd().split('\n')).toHaveLength(1);
      return errors;
    };
    const unmade = join(root, 'unmade');
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const address = busy.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    expect(await refusal(unmade, { PORT: port })).toMatch(`port ${port} is in use`);
    busy.close();
    expect(await refusal(unmade, { PORT: 'http' })).toMatch('PORT');
    expect(await refusal(unmade, { OIDC_ISSUER: 'https://issuer.example' })).toMatch('start:api');
    expect(existsSync(unmade)).toBe(false);

    const foreign = join(root, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'thesis.txt'), 'years of work');
    expect(await refusal(foreign)).toMatch('DATA_DIR');
    expect(await readdir(foreign)).toEqual(['thesis.txt']);

    const shared = join(root, 'shared');
    const holder = begin(shared);
    const { url } = await holder.ready;
    expect(await refusal(shared)).toMatch(`process ${holder.pid}`);
    expect(await answers(url)).toBe(true);
    await interrupt(holder);
  });
});

/** Below the ports that systems give to outgoing connections, which could take it between two starts. */
const unusedPort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const free = await new Promise((known) => server.once('error', () => known(false)).listen(port, () => known(true)));
    server.close();
    if (free) return port;
  }
};
