import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { startLog, type TestLog } from '../support/log.js';
import { startDatabase, type TestDatabase } from '../support/postgres.js';

// No Docker: what the containers would run is run here, on the embedded node and a Postgres without tables.

type Service = {
  readonly image: string;
  readonly build?: { readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
};
const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const dockerfile = readFileSync('docker/Dockerfile', 'utf8');
const serviceOf = (name: string): Service => compose.services[name]!;
const ours = Object.entries(compose.services).filter(([, { build }]) => build);

/** As compose would hand it to the container. */
const environmentOf = (name: string, outside: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment ?? {}).map(([key, value]) => [
      key,
      String(value).replace(
        /\$\{(\w+):([?-])([^}]*)\}/g,
        (_, variable: string, _kind, or: string) => outside[variable] ?? or,
      ),
    ]),
  );

/** Packages that the image goes without. */
const leftOut = [
  ...[...dockerfile.matchAll(/node_modules\/([\w@/-]+)/g)].map(([, name = '']) => name),
  ...Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: object }).devDependencies),
];
const moduleOf = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
const hooks = `export const resolve = (name, context, next) => {
  const missing = ${JSON.stringify(leftOut)}.find((each) => name === each || name.startsWith(each + '/'));
  if (missing) throw new Error(missing + ' is not in the image');
  return next(name, context);
};`;
const withoutThem = moduleOf(`import { register } from 'node:module'; register(${JSON.stringify(moduleOf(hooks))});`);

const issuer = { OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'tiebreak' };
let log: TestLog;
let postgres: TestDatabase;
beforeAll(async () => {
  [log, postgres] = await Promise.all([startLog(), startDatabase({ entities: [], migrations: [] })]);
});
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await log.close();
  await postgres.drop();
});

/** The service's command with its environment and packages and nothing else; its neighbours where they are here. */
const run = (name: string) => {
  const [program = '', ...args] = serviceOf(name).command ?? [];
  expect(program).toBe('node');
  const env = environmentOf(name, issuer);
  for (const port of ['PORT', 'WORKER_PORT']) if (port in env) env[port] = '0';
  const here = { EVENTSTORE_URL: log.node.connectionString, DATABASE_URL: postgres.url, KAFKA_BROKERS: '127.0.0.1:1' };
  const child = spawn(process.execPath, ['--import', withoutThem, ...args], {
    env: { ...env, ...here },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, errors }));
  const said = async (line: RegExp): Promise<string> => {
    for await (const each of createInterface({ input: child.stdout })) {
      const [, found] = line.exec(each) ?? [];
      if (found === undefined) continue;
      child.stdout.resume();
      return found;
    }
    throw new Error(`${name} ended without ${line}: ${errors}`);
  };
  return { child, ended, said };
};

describe('the compose file', () => {
  it('names each image with its version and each neighbour that an address leads to', () => {
    const names = Object.keys(compose.services);
    const bought = Object.values(compose.services).filter(({ build }) => !build);
    for (const { image } of bought) expect(image).toMatch(/:\d+[\w.-]*$/);
    for (const [name, { depends_on: needed = {} }] of ours) {
      const { EVENTSTORE_URL: events = '', DATABASE_URL: rows = '', KAFKA_BROKERS: brokers = '' } = environmentOf(name);
      const hosts = [new URL(events).hostname, new URL(rows).hostname, brokers.split(':')[0]];
      expect(names).toEqual(expect.arrayContaining([...hosts, ...Object.keys(needed)]));
    }
  });

  it('sets nothing that no program reads', () => {
    const sources = ['libs/platform/config.ts', 'apps/worker/main.ts'].map((path) => readFileSync(path, 'utf8')).join();
    for (const [name] of ours)
      for (const variable of Object.keys(environmentOf(name))) expect(sources).toContain(`'${variable}'`);
  });

  it('migrates, then serves and works until it is told to stop', async () => {
    const migrating = run('migrate');
    await expect(migrating.said(/^applied (\w+)$/)).resolves.toBeTruthy();
    expect(await migrating.ended).toEqual({ code: 0, errors: '' });

    const [worker, api] = [run('worker'), run('api')];
    const [url] = await Promise.all([api.said(/^ready (http:\S+)$/), worker.said(/^ready (worker)$/)]);
    const [ready, demo, list] = await Promise.all(
      ['readyz', 'demo/personas', 'v1/registrations'].map((path) => fetch(`${url}/${path}`)),
    );
    // without its broker it is degraded at most
    expect([ready?.status, demo?.status, list?.status]).toEqual([200, 404, 401]);
    for (const { child } of [worker, api]) child.kill('SIGTERM');
    expect([(await worker.ended).code, (await api.ended).code]).toEqual([0, 0]);
  });
});

describe('the Dockerfile', () => {
  it('copies what is there and what reaches the build, and runs what was built', () => {
    const letIn = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(copied.filter((path) => !existsSync(path) || !letIn.includes(`!${path}`))).toEqual([]);
    const [, command = '[]'] = /^CMD (.*)$/m.exec(dockerfile) ?? [];
    expect(JSON.parse(command)).toEqual(serviceOf('api').command);
    for (const [, { build, command: [, entry = ''] = [] }] of ours) {
      expect([build?.dockerfile, existsSync(entry)]).toEqual(['docker/Dockerfile', true]);
    }
  });
});
