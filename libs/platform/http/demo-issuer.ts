import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Persona } from './personas.js';
import type { TrustedIssuer } from './tokens.js';

const issuer = 'urn:tiebreak:demo';
const audience = 'tiebreak';
const livesSeconds = 12 * 3_600;

/** The quick start's own issuer. Its key stays in the data folder, so that tokens outlive a restart. */
export class DemoIssuer {
  private readonly key: KeyObject;
  readonly trusted: TrustedIssuer;

  constructor(dataDir: string) {
    this.key = createPrivateKey(keyIn(dataDir));
    this.trusted = { issuer, audience, key: createPublicKey(this.key) };
  }

  async tokenFor({ name, vendor, role, partnerId }: Persona) {
    const token = await new SignJWT({ vendor, role, ...(partnerId !== null && { partner_id: partnerId }) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
      .setSubject(name)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${livesSeconds}s`)
      .sign(this.key);
    return { access_token: token, token_type: 'Bearer', expires_in: livesSeconds };
  }
}

/** PEM of the folder's key, made where there is none; of two that make one at once, the first wins. */
const keyIn = (dataDir: string): string => {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = join(dataDir, 'demo-issuer.pem');
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, privateKey, { mode: 0o600, flush: true });
  try {
    // a link appears whole or not at all, and never over another
    linkSync(draft, file);
    return privateKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(draft);
  }
};
