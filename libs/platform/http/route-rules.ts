import { applyDecorators, HttpCode, HttpStatus } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { HTTP_CODE_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import type { Role } from './principal.js';

/** What a route declares about itself; hooks read it, so that a request passes no guard, interceptor or reflection. */
export type RouteRules = {
  readonly allow?: readonly Role[];
  readonly public?: true;
  readonly needsIfMatch?: true;
  readonly idempotent?: true;
  /** The collection whose `/{id}` is the Location of what was created. */
  readonly createdAt?: string;
  /** Takes application/x-www-form-urlencoded. */
  readonly form?: true;
  /** The view that has to have seen `?after=`. */
  readonly afterView?: string;
  /** What its handler asks for: whatever else comes is refused. */
  readonly takes?: { readonly query: boolean; readonly body: boolean };
  /** How often one partner may ask. */
  readonly limits?: readonly { readonly most: number; readonly perSeconds: number }[];
};

declare module 'fastify' {
  interface FastifyContextConfig {
    rules?: RouteRules;
  }
}

const rule =
  (part: RouteRules): MethodDecorator =>
  (prototype, name, descriptor: PropertyDescriptor) => {
    const args: object = Reflect.getMetadata(ROUTE_ARGS_METADATA, prototype.constructor, name) ?? {};
    const asksFor = (kind: RouteParamtypes) => Object.keys(args).some((key) => key.startsWith(`${kind}:`));
    const takes = { query: asksFor(RouteParamtypes.QUERY), body: asksFor(RouteParamtypes.BODY) };
    const handler: object = descriptor.value;
    const known: { rules?: RouteRules } = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler) ?? {};
    Reflect.defineMetadata(
      FASTIFY_ROUTE_CONFIG_METADATA,
      { ...known, rules: { ...known.rules, ...part, takes } },
      handler,
    );
    // Nest answers every POST with 201; here that is left to routes that say where the new thing is
    if (!Reflect.hasMetadata(HTTP_CODE_METADATA, handler))
      Reflect.defineMetadata(HTTP_CODE_METADATA, HttpStatus.OK, handler);
  };

/** Who may use the route; everyone else gets 403. A route with neither this nor {@link Public} stops the start. */
export const Allow = (...roles: Role[]): MethodDecorator =>
  applyDecorators(rule({ allow: roles }), ApiExtension('x-roles', roles));

/** Needs no token. */
export const Public = (): MethodDecorator =>
  applyDecorators(rule({ public: true }), ApiExtension('x-roles', []), ApiSecurity({}));

/** 428 without If-Match; 412 from `transact` where the revision has moved on. */
export const NeedsIfMatch = (): MethodDecorator =>
  applyDecorators(
    rule({ needsIfMatch: true }),
    ApiHeader({ name: 'If-Match', required: true, description: 'The ETag last seen, e.g. `"12"`.' }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: keyHelp }),
  );

/** Takes an HTML form's encoding, which every other route refuses with 415. */
export const Form = (): MethodDecorator => rule({ form: true });

/** Honours Idempotency-Key: see idempotency.ts. */
export const Idempotent = (): MethodDecorator =>
  applyDecorators(
    rule({ idempotent: true }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: keyHelp }),
  );

const keyHelp = 'The same key with the same body answers the same, and acts once. 1-255 printable characters.';

/** 201, with `Location: <collection>/<id of the answer>`. */
export const CreatedAt = (collection: string): MethodDecorator =>
  applyDecorators(rule({ createdAt: collection }), HttpCode(HttpStatus.CREATED));

/** Waits up to 2 s until the view has seen the position of `?after=`; else 503 `view.behind`. */
export const AfterView = ({ name }: { readonly name: string }): MethodDecorator => rule({ afterView: name });

/** 429 `request.too-many` for a partner that asks more often; the vendor's own people are not counted. */
export const Limited = (...limits: NonNullable<RouteRules['limits']>): MethodDecorator =>
  applyDecorators(
    rule({ limits }),
    ApiExtension(
      'x-rate-limits',
      limits.map(({ most, perSeconds }) => `${most} per ${perSeconds} s`),
    ),
  );
