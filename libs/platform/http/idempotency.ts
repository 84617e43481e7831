import { createHash } from 'node:crypto';
import { Column, type DataSource, Entity, LessThan, PrimaryColumn } from 'typeorm';
import { canonicalJson } from '../../kernel/json.js';
import type { Sweep } from '../processors/processor.js';
import type { Principal } from './principal.js';
import { HttpProblem, invalid } from './problem.js';

/** A request that came with an Idempotency-Key. `status` null: not answered yet, or given up with its lease. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn('text') principal!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text', { name: 'request_hash' }) requestHash!: string;
  @Column('timestamptz', { name: 'lease_until' }) leaseUntil!: Date;
  @Column('smallint', { nullable: true }) status!: number | null;
  @Column('jsonb', { nullable: true }) headers!: Readonly<Record<string, string>> | null;
  @Column('text', { nullable: true }) body!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

export type Answer = Pick<IdempotencyKey, 'body'> & {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
};

/** The right to answer this key, for 30 s of real time. `mark` tells it from a later holder's. */
export type Lease = { readonly principal: string; readonly key: string; readonly mark: string };

/**
 * What it keeps:
 * 1. One request at a time acts for a principal's key; another meanwhile gets 409 `idempotency.in-flight`.
 * 2. The same request again gets the kept answer; another one under the same key 422 `idempotency.body-differs`.
 * 3. A process that dies holding a lease loses it after 30 s: the repeat acts again, under the same command id, so that
 *    the log recognises what had already happened.
 * 4. Kept are successes and what the rules refused (409, 422). A failure (5xx) may have taken effect all the same: the key
 *    stays with its request, which may come again at once. Any other refusal had no effect: the key is free again.
 */
export const leaseOf = async (
  database: DataSource,
  principal: Principal,
  key: string,
  request: { readonly route: string; readonly body: unknown },
): Promise<Lease | Answer> => {
  // one person may act for several partners
  const owner = JSON.stringify([principal.vendor, principal.partnerId ?? '', principal.subject]);
  const requestHash = createHash('sha256')
    .update(`${request.route}\n${canonicalJson(request.body)}`)
    .digest('hex');
  const taken: readonly { mark: string }[] = await database.query(take, [owner, key, requestHash]);
  if (taken[0]) return { principal: owner, key, mark: taken[0].mark };
  const row = await database.getRepository(IdempotencyKey).findOneBy({ principal: owner, key });
  if (row && row.requestHash !== requestHash) throw new HttpProblem(422, 'idempotency.body-differs');
  if (row && row.status !== null) return { status: row.status, headers: row.headers ?? {}, body: row.body };
  throw new HttpProblem(409, 'idempotency.in-flight', { headers: { 'retry-after': '1' } });
};

const take = `
  INSERT INTO idempotency_key AS held (principal, key, request_hash, lease_until, created_at)
  VALUES ($1, $2, $3, clock_timestamp() + interval '30 s', now())
  ON CONFLICT (principal, key) DO UPDATE SET lease_until = excluded.lease_until
  WHERE held.status IS NULL AND held.lease_until < clock_timestamp() AND held.request_hash = excluded.request_hash
  RETURNING lease_until::text AS mark`;

/** Keeps the answer, or gives up the lease, or the key with it. A lease that was lost changes nothing. */
export const settle = async (database: DataSource, { principal, key, mark }: Lease, answer: Answer): Promise<void> => {
  const { status, headers, body } = answer;
  const mine = 'principal = $1 AND key = $2 AND lease_until = $3::timestamptz AND status IS NULL';
  const held = [principal, key, mark];
  if ((status >= 200 && status < 300) || status === 409 || status === 422)
    await database.query(`UPDATE idempotency_key SET status = $4, headers = $5, body = $6 WHERE ${mine}`, [
      ...held,
      status,
      JSON.stringify(headers),
      body,
    ]);
  else if (status >= 500)
    await database.query(`UPDATE idempotency_key SET lease_until = clock_timestamp() WHERE ${mine}`, held);
  else await database.query(`DELETE FROM idempotency_key WHERE ${mine}`, held);
};

/** The key of a request; refuses with 400 what is no printable ASCII of 1-255 characters. */
export const keyOf = (header: string | readonly string[] | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x20-\x7e]{1,255}$/.test(header)) return header;
  throw invalid('/headers/idempotency-key', 'header.malformed', 'must be 1-255 printable ASCII characters');
};

const keptMs = 7 * 86_400_000;
export const idempotencySweep: Sweep = {
  name: 'idempotency-keys',
  everyMs: 3_600_000,
  run: (database) =>
    database.getRepository(IdempotencyKey).delete({ createdAt: LessThan(new Date(Date.now() - keptMs)) }),
};
