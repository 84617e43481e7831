import { hash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey, type KeyObject } from 'jose';
import { isPartner, type Principal, type Role } from './principal.js';
import { HttpProblem } from './problem.js';

/** Says who a bearer token stands for; refuses with 401, or 503 where the issuer's keys can't be fetched. */
export type Verifier = (token: string) => Principal | Promise<Principal>;

export type TrustedIssuer = {
  readonly issuer: string;
  readonly audience: string;
  readonly key: KeyObject | JWTVerifyGetKey;
};

/** Asymmetric ones alone: with a shared secret everyone who can check a token could make one. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
const types = new Set(['at+jwt', 'jwt']);
const known = new Set<Role>(['partner', 'partner-admin', 'channel-manager', 'auditor', 'admin']);
const remembered = 10_000;
const rememberedMs = 300_000;

/**
 * Checks signature, algorithm, issuer, audience, expiry and type of a token. A checked one is remembered by its hash, for
 * 5 minutes and not beyond its `exp`: a signature costs a hundred times the look-up.
 */
export const verifierOf = ({ issuer, audience, key }: TrustedIssuer): Verifier => {
  const seen = new Map<string, { readonly principal: Principal; readonly until: number }>();
  const check = async (token: string, digest: string): Promise<Principal> => {
    const options = { algorithms, issuer, audience, requiredClaims: ['exp', 'sub'] };
    // jose tells a function from a key by overload
    const verified = await (
      typeof key === 'function' ? jwtVerify(token, key, options) : jwtVerify(token, key, options)
    ).catch((error: unknown) => {
      throw rejection(error);
    });
    const { payload, protectedHeader } = verified;
    if (!types.has(String(protectedHeader.typ).toLowerCase().replace('application/', '')))
      throw unauthenticated('the type of the token is not at+jwt');
    const principal = principalOf(payload);
    if (seen.size >= remembered) seen.delete(seen.keys().next().value!);
    seen.set(digest, { principal, until: Math.min(payload.exp! * 1000, Date.now() + rememberedMs) });
    return principal;
  };
  return (token) => {
    const digest = hash('sha256', token, 'base64');
    const found = seen.get(digest);
    if (!found) return check(token, digest);
    seen.delete(digest);
    if (found.until <= Date.now()) return check(token, digest);
    // back in at the young end: what is dropped is what was not used for longest
    seen.set(digest, found);
    return found.principal;
  };
};

const isName = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value);

/** Claims: `sub`, `vendor`, `role`, and `partner_id` for the partner roles. */
export const principalOf = ({ sub, vendor, role, partner_id: partnerId }: JWTPayload): Principal => {
  if (!isName(sub)) throw unauthenticated('the claim sub is missing');
  // streams are `category-vendor.id`: a vendor with a dot could reach into another's
  if (!isName(vendor) || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(vendor))
    throw unauthenticated('the claim vendor is missing');
  if (!known.has(role as Role)) throw unauthenticated('the claim role is missing');
  const principal = { subject: sub, vendor, role: role as Role };
  if (!isPartner(principal)) return principal;
  if (!isName(partnerId)) throw unauthenticated('the claim partner_id is missing');
  return { ...principal, partnerId };
};

/** The issuer's key set, found by its discovery document on first use, kept and renewed by jose. */
export const keysOf = (issuer: string): JWTVerifyGetKey => {
  let found: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const where = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(where, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
    if (!answer.ok) throw new Error(`${where} answered ${answer.status}`);
    const { jwks_uri: keys, issuer: named } = (await answer.json()) as { jwks_uri?: string; issuer?: string };
    if (named !== issuer || !keys) throw new Error(`${where} speaks for another issuer: ${named}`);
    return createRemoteJWKSet(new URL(keys));
  };
  return async (header, token) => {
    found ??= discover();
    const keys = await found.catch((error: unknown) => {
      found = undefined;
      throw unavailable(error);
    });
    try {
      return await keys(header, token);
    } catch (error) {
      const isTokens = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      throw isTokens ? error : unavailable(error);
    }
  };
};

/** 401 with its challenge. Nothing was sent: no `why`. */
export const unauthenticated = (why?: string): HttpProblem => {
  const error = why === undefined ? '' : `, error="invalid_token", error_description="${why}"`;
  return new HttpProblem(401, 'request.unauthenticated', {
    headers: { 'www-authenticate': `Bearer realm="tiebreak"${error}` },
  });
};

const unavailable = (cause: unknown) =>
  new HttpProblem(503, 'issuer.unavailable', { headers: { 'retry-after': '5' }, cause });

const rejection = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof errors.JWTExpired) return unauthenticated('the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) return unauthenticated(`the claim ${error.claim} is not right`);
  return unauthenticated('the token is not valid');
};
