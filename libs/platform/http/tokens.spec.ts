import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, SignJWT } from 'jose';
import { DemoIssuer } from './demo-issuer.js';
import { personas } from './personas.js';
import { keysOf, principalOf, verifierOf } from './tokens.js';

describe('tokens of an OIDC issuer', () => {
  it('are checked with the keys it publishes', async () => {
    const verify = verifierOf({ issuer, audience: 'tiebreak', key: keysOf(issuer) });
    expect(await verify(await signed(first, 'a'))).toEqual({ subject: 'anna', vendor: 'demo', role: 'auditor' });
    await expect(async () => verify(await signed(first, 'unknown'))).rejects.toMatchObject({ status: 401 });
    await expect(async () => verify(await signed(stranger, 'a'))).rejects.toMatchObject({ status: 401 });
  });

  it('are neither taken nor refused while its keys can not be had', async () => {
    const gone = verifierOf({ issuer, audience: 'tiebreak', key: keysOf('http://127.0.0.1:9') });
    await expect(async () => gone(await signed(first, 'a'))).rejects.toMatchObject({
      status: 503,
      code: 'issuer.unavailable',
    });
    const lying = verifierOf({ issuer, audience: 'tiebreak', key: keysOf(`${issuer}/other`) });
    await expect(async () => lying(await signed(first, 'a'))).rejects.toMatchObject({ status: 503 });
  });

  it('of the quick start are refused elsewhere', async () => {
    const { access_token: token } = await new DemoIssuer(folder()).tokenFor(personas[0]!);
    const verify = verifierOf({ issuer, audience: 'tiebreak', key: keysOf(issuer) });
    await expect(async () => verify(token)).rejects.toMatchObject({ status: 401 });
  });
});

describe('the quick start’s issuer', () => {
  it('keeps its key, for its owner alone, so that tokens outlive a restart', async () => {
    const dir = folder();
    const { access_token: token, expires_in } = await new DemoIssuer(dir).tokenFor(personas[0]!);
    expect(statSync(join(dir, 'demo-issuer.pem')).mode & 0o777).toBe(0o600);
    const again = verifierOf(new DemoIssuer(dir).trusted);
    expect(await again(token)).toEqual({
      subject: 'partner-01',
      vendor: 'demo',
      role: 'partner-admin',
      partnerId: 'partner-01',
    });
    expect(expires_in).toBeGreaterThan(0);
    await expect(async () => verifierOf(new DemoIssuer(folder()).trusted)(token)).rejects.toMatchObject({
      status: 401,
    });
  });

  it('stands for 46 people, each once', () => {
    expect(new Set(personas.map(({ name }) => name)).size).toBe(46);
    for (const { name, vendor, role, partnerId } of personas)
      expect(
        principalOf({ sub: name, vendor, role, ...(partnerId !== null && { partner_id: partnerId }) }).subject,
      ).toBe(name);
  });
});

describe('the claims of a token', () => {
  const partner = { sub: 'anna', vendor: 'demo', role: 'partner', partner_id: 'p.1' };
  it('make a principal; a partner id counts for partners alone', () => {
    expect(principalOf(partner)).toEqual({ subject: 'anna', vendor: 'demo', role: 'partner', partnerId: 'p.1' });
    expect(principalOf({ ...partner, role: 'admin' })).not.toHaveProperty('partnerId');
  });
  it.each([
    [{ sub: '' }],
    [{ sub: 'a b' }],
    [{ vendor: 'de.mo' }],
    [{ vendor: 'De' }],
    [{ vendor: ['demo'] }],
    [{ role: 'root' }],
    [{ role: ['admin'] }],
    [{ partner_id: 7 }],
    [{ partner_id: undefined }],
  ])('are refused with %j', (wrong) =>
    expect(() => principalOf(Object.assign({ ...partner }, wrong))).toThrow(expect.objectContaining({ status: 401 })),
  );
});

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [first, stranger] = [pair(), pair()];
let server: Server;
let issuer: string;
const folder = () => mkdtempSync(join(tmpdir(), 'issuer-'));
const signed = ({ privateKey }: { readonly privateKey: KeyObject }, kid: string) =>
  new SignJWT({ vendor: 'demo', role: 'auditor' })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid })
    .setSubject('anna')
    .setIssuer(issuer)
    .setAudience(['tiebreak', 'another'])
    .setExpirationTime('1m')
    .sign(privateKey);

beforeAll(async () => {
  const keys = [{ ...(await exportJWK(first.publicKey)), kid: 'a', alg: 'ES256' }];
  server = createServer((request, response) => {
    const discovery = { issuer, jwks_uri: `${issuer}/keys` };
    response.end(JSON.stringify(request.url === '/keys' ? { keys } : discovery));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close().closeAllConnections());
