import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { DataSource } from 'typeorm';
import type { Clock } from '../clock.js';
import type { Logger } from '../logging.js';
import { commandIdOf } from './asked.js';
import { takeIn } from './unread-body.js';
import { freshEnough } from './freshness.js';
import { keyOf } from './idempotency.js';
import { answerOnce } from './answer-once.js';
import { etagOf, revisionOf } from './if-match.js';
import { escapedKey, parseJsonBody } from './json-body.js';
import { countRequests, withinLimits } from './rate-limit.js';
import type { Metrics } from './metrics.js';
import type { Principal } from './principal.js';
import { HttpProblem, invalid, refusalOf } from './problem.js';
import { ProblemFilter, refuseSocket, sendProblem } from './problem.filter.js';
import { RequestPipe } from './request.pipe.js';
import type { RouteRules } from './route-rules.js';
import { unauthenticated, type Verifier } from './tokens.js';

export type HttpParts = {
  readonly clock: Clock;
  readonly database: DataSource;
  readonly verify: Verifier;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

const bodyLimit = 256 * 1024;

/** Fastify as every app of ours wants it; `NestFactory.create(…, { bodyParser: false })` goes with it. */
export const fastifyAdapter = (): FastifyAdapter =>
  new FastifyAdapter({
    logger: false,
    // none of ours is middleware
    skipMiddie: true,
    bodyLimit,
    requestTimeout: 30_000,
    // while it drains, what comes over open connections is still answered
    return503OnClosing: false,
    clientErrorHandler: refuseSocket,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(refusalOf(error), request, reply),
    routerOptions: { maxParamLength: 300 },
    // 16 bytes as in W3C trace context, the caller's where there is one
    genReqId: ({ headers }: IncomingMessage) => traceIdOf(headers['traceparent']) ?? hexId(),
  });

/**
 * Everything that stands between a socket and a handler. What it keeps:
 * 1. A route that declares neither `@Allow` nor `@Public` stops the start, by name.
 * 2. Order: token (401), role (403), If-Match (428, 400), body (413, 415, 400), Idempotency-Key (422, 409, the kept
 *    answer), the DTO (400), the handler.
 * 3. What a handler doesn't ask for - a parameter, a field - is refused (400), never passed over.
 * 4. Every failure of any of them is a problem of RFC 9457.
 * 5. A request without a key, a body or `after` pays for none of them: hooks are put on the routes that need them.
 * 6. A burst is taken a few at a time, so that what the log answers to the first doesn't wait until the last was read.
 */
export const serve = (app: NestFastifyApplication, parts: HttpParts): void => {
  const { logger, metrics } = parts;
  app.useGlobalFilters(new ProblemFilter(logger, metrics));
  app.useGlobalPipes(new RequestPipe());
  const fastify = app.getHttpAdapter().getInstance();

  countRequests(fastify);
  fastify.decorateRequest('asked', null);
  fastify.decorateRequest('lease', null);
  fastify.removeAllContentTypeParsers();
  for (const type of ['application/json', 'application/merge-patch+json'])
    fastify.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => parsed(body, done));
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request: FastifyRequest, body, done) =>
      rulesOf(request)?.form
        ? done(null, Object.fromEntries(new URLSearchParams(String(body))))
        : done(new HttpProblem(415, 'request.media-type')),
  );

  fastify.addHook('onRoute', (route) => {
    const rules = route.config?.rules;
    if (!rules?.public && !rules?.allow)
      throw new Error(`${String(route.method)} ${route.url} says neither @Allow(…) nor @Public()`);
    if (rules.limits) add(route, 'preHandler', withinLimits(fastify, rules.limits));
    if (rules.afterView !== undefined) add(route, 'preHandler', freshEnough(parts.database, rules.afterView));
    if (!takesKey(rules)) return;
    const { begin, end } = answerOnce(parts.database, logger);
    add(route, 'preHandler', begin);
    add(route, 'onSend', end);
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.is404) return done();
    const rules = rulesOf(request) ?? {};
    if (request.url.includes('%00')) return done(invalid('/path', 'text.characters', 'has a NUL character'));
    if (!isDecodable(request.url)) return done(invalid('/query', 'text.encoding', 'must be percent-encoded UTF-8'));
    if (rules.public) return done();
    const enter = (principal: Principal) => {
      try {
        request.asked = askedBy(principal, request, rules, parts);
        done();
      } catch (error) {
        done(error as Error);
      }
    };
    try {
      const principal = parts.verify(tokenOf(request));
      // a token seen before is known at once; that spares a turn of the event loop
      if (principal instanceof Promise) principal.then(enter, (error: Error) => done(error));
      else enter(principal);
    } catch (error) {
      done(error as Error);
    }
  });

  fastify.addHook('preValidation', inTurns());
  fastify.addHook('preValidation', (request, _reply, done) => {
    const takes = rulesOf(request)?.takes;
    const [query] = takes?.query === false ? Object.keys(request.query as object) : [];
    const [field] = takes?.body === false ? Object.keys((request.body as object | undefined) ?? {}) : [];
    if (query !== undefined) return done(invalid(`/query/${escapedKey(query)}`, 'field.unknown', 'is not a parameter'));
    if (field !== undefined) return done(invalid(`/${escapedKey(field)}`, 'field.unknown', 'is not a field'));
    done();
  });

  fastify.addHook('preSerialization', (request, reply, payload, done) => {
    if (reply.statusCode < 300) describe(request, reply, payload as Described);
    done(null, payload);
  });

  fastify.addHook('onSend', (request, _reply, payload, done) => {
    if (request.raw.complete || request.method === 'GET') return done(null, payload);
    void takeIn(request.raw).then(() => done(null, payload));
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    const principal = request.asked?.principal;
    logger.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      traceId: request.id,
      ...(principal && { subject: principal.subject, vendor: principal.vendor }),
    });
    done();
  });
};

const perTurn = 16;

/** Lets this many requests in for each turn of the event loop; the others wait in their order. */
const inTurns = () => {
  const waiting: (() => void)[] = [];
  const letIn = () => {
    for (const enter of waiting.splice(0, perTurn)) enter();
    if (waiting.length > 0) setImmediate(letIn);
  };
  return (_request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    if (waiting.push(done) === 1) setImmediate(letIn);
  };
};

const rulesOf = (request: FastifyRequest): RouteRules | undefined => request.routeOptions.config.rules;
const takesKey = (rules: RouteRules) => rules.idempotent || rules.needsIfMatch;

const parsed = (body: string | Buffer, done: (error: Error | null, body?: unknown) => void) => {
  try {
    done(null, parseJsonBody(body as Buffer));
  } catch (error) {
    done(error as Error);
  }
};

type Hooked = 'preHandler' | 'onSend';
const add = <K extends Hooked>(
  route: RouteOptions,
  name: K,
  hook: Extract<RouteOptions[K], (...args: never) => unknown>,
) => {
  route[name] = [route[name] ?? [], hook].flat() as RouteOptions[K];
};

const tokenOf = ({ headers }: FastifyRequest): string => {
  const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthenticated();
  return token;
};

const askedBy = (
  principal: Principal,
  request: FastifyRequest,
  rules: RouteRules,
  { clock, logger }: HttpParts,
): NonNullable<FastifyRequest['asked']> => {
  const { method, headers, id } = request;
  if (!rules.allow?.includes(principal.role)) {
    logger.warn({ method, route: request.routeOptions.url, traceId: id, principal }, 'request.forbidden');
    throw new HttpProblem(403, 'request.forbidden');
  }
  const [path] = request.url.split('?', 1);
  const key = takesKey(rules) ? keyOf(headers['idempotency-key']) : undefined;
  return {
    principal,
    commandId: commandIdOf(principal, `${method} ${path}`, key),
    expectedRevision: method === 'GET' ? undefined : revisionOf(headers['if-match'], rules.needsIfMatch === true),
    clock,
    traceparent: `00-${id}-${hexId().slice(16)}-01`,
  };
};

/** Whether what is escaped is UTF-8; the router asks it of the path alone, and a query's parser keeps what isn't as it is. */
const isDecodable = (url: string): boolean => {
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
};

/** 32 hex digits; Node has random UUIDs in store, which makes it cheaper than random bytes. */
const hexId = () => randomUUID().replaceAll('-', '');

const traceIdOf = (header: string | readonly string[] | undefined): string | undefined => {
  const [, id] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(header ?? '')) ?? [];
  return id === undefined || /^0+$/.test(id) ? undefined : id;
};

type Described = { readonly revision?: unknown; readonly id?: unknown; readonly nextCursor?: unknown };

/** ETag, Location and Link follow from the answer's own fields. */
const describe = (request: FastifyRequest, reply: FastifyReply, answer: Described): void => {
  if (typeof answer.revision === 'number') void reply.header('etag', etagOf(answer.revision));
  const collection = rulesOf(request)?.createdAt;
  if (collection !== undefined && reply.statusCode === 201)
    void reply.header('location', `${collection}/${encodeURIComponent(String(answer.id))}`);
  if (typeof answer.nextCursor !== 'string') return;
  const next = new URL(request.url, 'http://here');
  next.searchParams.set('cursor', answer.nextCursor);
  void reply.header('link', `<${next.pathname}${next.search}>; rel="next"`);
};
