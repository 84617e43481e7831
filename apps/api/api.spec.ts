import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../libs/platform/config.js';
import { loggerTo } from '../../libs/platform/logging.js';
import { startLog, type TestLog } from '../../test/support/log.js';
import { startDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { schema } from '../schema.js';
import { type RunningApi, startApi } from './start.js';

describe('the quick start’s api', () => {
  it('is ready, with nothing to complain of', async () => {
    const { status, body } = await get('/readyz');
    expect([status, body]).toEqual([
      200,
      { status: 'ready', checks: { log: 'ok', postgres: 'ok', migrations: 'ok' }, processors: [] },
    ]);
  });

  it('lets anyone be a persona', async () => {
    expect((await get('/demo/personas')).body).toHaveLength(46);
    const refused = await fetch(`${api.url}/demo/token`, {
      method: 'POST',
      body: new URLSearchParams({ persona: 'nobody' }),
    });
    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'persona.unknown' }]);
  });

  it('begins with a policy and the partners of its personas', async () => {
    const own = await get('/v1/partners/partner-01', 'partner-01');
    expect(own.body).toMatchObject({ status: 'active', tier: 'platinum', territories: ['*'], revision: 0 });
    expect(own.body.authorisedFamilies).toHaveLength(8);
    expect((await get('/v1/partners/partner-40', 'manager-1')).body).toMatchObject({ status: 'applicant' });
    expect((await get('/v1/partners/partner-01', 'other-manager')).status).toBe(404);
    for (const name of ['partner-04', 'other-partner'])
      expect((await get('/v1/policies', name)).body.items).toMatchObject([{ version: 'standard-v1', inForce: true }]);
  });

  it('changes nothing when it starts again', async () => {
    const head = await log.store.head();
    const again = await startApi(config(), silent);
    await again.stop();
    expect(await log.store.head()).toBe(head);
  });

  it('warns, where it is in earnest, that other instances would refuse its cursors', async () => {
    const earnest = { DEMO: 'false', OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'tiebreak' };
    expect(await warned(earnest)).toBe(1);
    expect(await warned({ ...earnest, CURSOR_SECRET: 's'.repeat(32) })).toBe(0);
    expect(await warned({})).toBe(0);
  });

  it('moves its clock for the admin, forward', async () => {
    const before = Date.parse((await get('/demo/clock')).body.now);
    const moved = await send('/demo/clock', 'admin', { advance: 'PT25H' });
    expect(Date.parse(moved.body.now) - before).toBeGreaterThanOrEqual(25 * 3_600_000);
    for (const advance of ['PT0S', '-PT1H', 'P401D', 'tomorrow'])
      expect((await send('/demo/clock', 'admin', { advance })).body).toMatchObject({ code: 'request.invalid' });
    expect((await send('/demo/clock', 'manager-1', { advance: 'PT1H' })).status).toBe(403);
  });

  it('describes itself: every route says for whom it is, every reference leads somewhere', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const [path, operations] of Object.entries<object>(body.paths))
      for (const [method, operation] of Object.entries(operations)) {
        expect([method, path, Array.isArray(operation['x-roles'])]).toEqual([method, path, true]);
        const named = operation.parameters.filter((each: { in: string }) => each.in === 'path');
        expect([path, named.length]).toEqual([path, path.split('{').length - 1]);
      }
    for (const [, name] of JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(Object.keys(body.components.schemas)).toContain(name);
  });

  it('shows its documentation without a line from elsewhere, and lets no page run a script of its own', async () => {
    const page = await fetch(`${api.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await page.text();
    expect(html).not.toMatch(/https?:|<script>|onload/);
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect([address, (await fetch(api.url + address)).status]).toEqual([address, 200]);
  });

  it('names what keeps it from being ready', async () => {
    await database(`INSERT INTO processor_checkpoint (name, role, log_id, position, status, error)
      VALUES ('registration-list', 'views', 'l', 1, 'stopped', 'event 7 has no customer'),
        ('publisher-partners', 'publishers', 'l', 1, 'stopped', 'no broker'), ('renamed', 'views', 'l', 1, 'stopped', 'old')`);
    const { status, body } = await get('/readyz');
    expect([status, body.status]).toEqual([503, 'unready']);
    expect(body.checks['processor registration-list']).toBe('stopped: event 7 has no customer');
    await database(`DELETE FROM processor_checkpoint WHERE name = 'registration-list'`);
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'degraded' } });
    expect(await (await fetch(`${api.url}/metrics`)).text()).toContain(
      'tiebreak_processor_stopped{processor="publisher-partners"} 1',
    );
  });
});

let folder: string;
let tables: TestDatabase;
let log: TestLog;
let api: RunningApi;
const silent = loggerTo({ write: () => undefined }, 'silent', 'test');
const stores = () => ({
  DEMO: 'true',
  PORT: '0',
  DATA_DIR: folder,
  EVENTSTORE_URL: log.node.connectionString,
  DATABASE_URL: tables.url,
});
const warned = async (env: object) => {
  const lines: string[] = [];
  const logger = loggerTo({ write: (line) => void lines.push(line) }, 'warn', 'test');
  await (await startApi(readConfig({ ...stores(), ...env }, 'api'), logger)).stop();
  return lines.filter((line) => line.includes('CURSOR_SECRET')).length;
};
const config = () => readConfig(stores(), 'api');
const database = (sql: string) => tables.database.query(sql);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'api-'));
  [tables, log] = await Promise.all([startDatabase(schema), startLog()]);
  api = await startApi(config(), silent);
});
afterAll(async () => {
  await api?.stop();
  await log?.close();
  await tables?.drop();
  rmSync(folder, { recursive: true, force: true });
});

// oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
type Answer = { readonly status: number; readonly body: any };
const tokenOf = async (persona: string): Promise<string> => {
  const answer = await fetch(`${api.url}/demo/token`, { method: 'POST', body: new URLSearchParams({ persona }) });
  return ((await answer.json()) as { access_token: string }).access_token;
};
const get = async (path: string, persona?: string): Promise<Answer> => {
  const headers = persona === undefined ? {} : { authorization: `Bearer ${await tokenOf(persona)}` };
  const answer = await fetch(api.url + path, { headers });
  return { status: answer.status, body: await answer.json() };
};
const send = async (path: string, persona: string, body: object): Promise<Answer> => {
  const headers = { authorization: `Bearer ${await tokenOf(persona)}`, 'content-type': 'application/json' };
  const answer = await fetch(api.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
};
