import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isPartner } from './principal.js';
import { HttpProblem } from './problem.js';
import type { RouteRules } from './route-rules.js';

type Limits = NonNullable<RouteRules['limits']>;

export const countRequests = (fastify: FastifyInstance): void =>
  void fastify.register(rateLimit, { global: false, cache: 20_000 });

/** A partner's share of one limit of one route, whoever of it asks: it can't be widened by adding people. */
const shareOf =
  (limit: Limits[number]) =>
  ({ asked, routeOptions }: FastifyRequest): string =>
    JSON.stringify([asked?.principal.vendor, asked?.principal.partnerId, routeOptions.url, limit]);

/** 429 with Retry-After once any of the limits is used up. Counted by each api process on its own. */
export const withinLimits = (fastify: FastifyInstance, limits: Limits) => {
  type Count = ReturnType<FastifyInstance['createRateLimit']>;
  let counts: readonly Count[] | undefined;
  return async (request: FastifyRequest): Promise<void> => {
    if (!request.asked || !isPartner(request.asked.principal)) return;
    // the plugin is there once the app has begun, which is after its routes were said
    counts ??= limits.map((limit) =>
      fastify.createRateLimit({
        max: limit.most,
        timeWindow: limit.perSeconds * 1_000,
        keyGenerator: shareOf(limit),
      }),
    );
    for (const count of counts) {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded)
        throw new HttpProblem(429, 'request.too-many', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
    }
  };
};
