import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';
import type { Logger } from '../logging.js';
import { keyOf, type Lease, leaseOf, settle } from './idempotency.js';

declare module 'fastify' {
  interface FastifyRequest {
    lease: Lease | null;
  }
}

const keptHeaders = ['content-type', 'etag', 'location'] as const;

/** The two ends of a route that honours Idempotency-Key. */
export const answerOnce = (database: DataSource, logger: Logger) => ({
  /** Takes the lease, or answers what was answered before. */
  begin: async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const key = keyOf(request.headers['idempotency-key']);
    if (key === undefined || !request.asked) return undefined;
    const [path] = request.url.split('?', 1);
    const held = await leaseOf(database, request.asked.principal, key, {
      route: `${request.method} ${path}`,
      body: request.body,
    });
    if ('mark' in held) {
      request.lease = held;
      return undefined;
    }
    return reply
      .code(held.status)
      .headers({ ...held.headers, 'idempotency-replayed': 'true' })
      .send(Buffer.from(held.body ?? ''));
  },

  /** Keeps the answer before it leaves, so that whoever has seen it can rely on seeing it again. */
  end: async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const { lease } = request;
    if (!lease) return payload;
    request.lease = null;
    const headers = Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? String(payload) : null;
    // what happened has happened: without its row a repeat acts again under the same command id
    await settle(database, lease, { status: reply.statusCode, headers, body }).catch((error: unknown) =>
      logger.error({ err: error, traceId: request.id }, 'the answer to an Idempotency-Key was not kept'),
    );
    return payload;
  },
});
