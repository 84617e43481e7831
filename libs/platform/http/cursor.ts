import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { canonicalJson, type Json } from '../../kernel/json.js';
import type { Principal } from './principal.js';
import { invalid } from './problem.js';

/** Random per process until {@link signCursorsWith}: instances behind one balancer must share theirs. */
let secret: Buffer | string = randomBytes(32);
export const signCursorsWith = (shared: string): void => {
  secret = shared;
};

const sign = (payload: string, principal: Principal, filter: unknown) =>
  createHmac('sha256', secret)
    .update(`${payload}\n${principal.vendor}\n${principal.subject}\n${canonicalJson(filter)}`)
    .digest()
    .subarray(0, 16);

/** Where a page ended, for this principal and this filter only. */
export const sealCursor = (values: readonly Json[], principal: Principal, filter: unknown): string => {
  const payload = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${payload}.${sign(payload, principal, filter).toString('base64url')}`;
};

/** The values sealed in; refuses with 400 what was garbled or made for another principal or filter. */
export const openCursor = (cursor: string, principal: Principal, filter: unknown): readonly Json[] => {
  const [payload = '', signature = ''] = cursor.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(payload, principal, filter);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw invalid('/query/cursor', 'cursor.foreign', 'must be a nextCursor of this very list');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json[];
};
