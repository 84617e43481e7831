import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.js';
import { type Caller, derivedId } from '../event-store/transact.js';
import type { Principal } from './principal.js';

/** What the hooks found out about a request before its handler runs. */
export type Asked = {
  readonly principal: Principal;
  /** Derived from the Idempotency-Key where there is one, so that a repeat is the same command; else random. */
  readonly commandId: string;
  /** From If-Match. */
  readonly expectedRevision: number | undefined;
  readonly clock: Clock;
  readonly traceparent: string;
};

declare module 'fastify' {
  interface FastifyRequest {
    asked: Asked | null;
  }
}

const asked = (context: ExecutionContext): Asked => {
  const known = context.switchToHttp().getRequest<FastifyRequest>().asked;
  if (!known) throw new Error('a public route knows no principal');
  return known;
};

/** The request as the commands it sends see it. `correlationId` is the trace id that a problem shows. */
export const callerOf = (request: FastifyRequest): Caller => {
  const known = request.asked;
  if (!known) throw new Error('a public route knows no principal');
  return {
    vendor: known.principal.vendor,
    actor: known.principal.subject,
    commandId: known.commandId,
    now: known.clock.now(),
    correlationId: request.id,
    causationId: known.commandId,
    traceparent: known.traceparent,
    ...(request.headers['idempotency-key'] !== undefined && { mayRepeat: true }),
    ...(known.expectedRevision !== undefined && { expectedRevision: known.expectedRevision }),
  };
};

/** Parameter: who is asking, a {@link Principal}. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext) => asked(context).principal);

/** Parameter: the {@link Caller} for the command that the request sends. One request, one command. */
export const Calling = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Parameter: the id of the thing to create. The same for a repeat with the same Idempotency-Key. */
export const NewId = createParamDecorator((_: unknown, context: ExecutionContext) =>
  derivedId(asked(context).commandId, 'id'),
);

/** The id of a command: follows from the key, or random without one. */
export const commandIdOf = (principal: Principal, route: string, key: string | undefined): string =>
  key === undefined
    ? randomUUID()
    : derivedId(principal.vendor, principal.partnerId ?? '', principal.subject, key, route);
