import { DomainError, type Refusal } from '../../kernel/decider.js';
import { LogUnavailable, UnknownOutcome } from '../event-store/event-store.js';
import { Contended, StaleRevision } from '../event-store/transact.js';
import { textOf } from './problem-texts.js';

/** One fault of a request. `pointer`: JSON pointer into the body, or `/query/…`, `/path/…`, `/headers/…`. */
export type Fault = { readonly pointer: string; readonly code: string; readonly detail: string };

/** RFC 9457, as `application/problem+json`. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly Fault[];
  readonly traceId: string;
  /** With 412. */
  readonly currentRevision?: number;
};

/** A refusal of the HTTP layer itself; what the rules refuse is a DomainError. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: {
      readonly errors?: readonly Fault[];
      readonly headers?: Readonly<Record<string, string>>;
      readonly currentRevision?: number;
      readonly params?: DomainError['params'];
      readonly cause?: unknown;
    } = {},
  ) {
    super(code, { cause: more.cause });
  }
}

/** 400 `request.invalid` for one fault. */
export const invalid = (pointer: string, code: string, detail: string): HttpProblem =>
  new HttpProblem(400, 'request.invalid', { errors: [{ pointer, code, detail }] });

const byRefusal: Record<Refusal, number> = { state: 409, meaning: 422, unknown: 404, person: 403 };
const soon = { 'retry-after': '1' };

/** What Fastify and Nest answer with themselves, by status. */
const byStatus: Readonly<Record<number, string>> = {
  400: 'request.invalid',
  401: 'request.unauthenticated',
  403: 'request.forbidden',
  404: 'route.unknown',
  405: 'route.unknown',
  408: 'request.timeout',
  413: 'request.too-large',
  414: 'request.uri-too-long',
  415: 'request.media-type',
  429: 'request.too-many',
  431: 'request.headers-too-large',
  503: 'service.unavailable',
};

/** A driver's or framework's error, whose fields nobody declares. */
type Foreign = {
  readonly code?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly driverError?: Foreign;
  readonly getStatus?: () => number;
};

/** Postgres can't be reached, or is starting, stopping or out of connections: by the driver's codes. */
const isDatabaseDown = (error: Foreign): boolean => {
  const { code = '', message = '' } = error.driverError ?? error;
  if (/^(08|57P0[1-5]|53|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code)) return true;
  return /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(message);
};

/** A param whose name is a JSON pointer says what is wrong there. */
const ofTheRules = ({ code, params, refusal }: DomainError): HttpProblem => {
  const errors = Object.entries(params).flatMap(([pointer, detail]) =>
    pointer.startsWith('/') ? [{ pointer, code, detail: String(detail) }] : [],
  );
  return new HttpProblem(byRefusal[refusal], code, { params, ...(errors.length > 0 && { errors }) });
};

/** Any failure as a refusal; what nobody foresaw is 500 `internal`. */
export const refusalOf = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DomainError) return ofTheRules(error);
  if (error instanceof StaleRevision)
    return new HttpProblem(412, 'precondition.stale', { currentRevision: error.current });
  if (error instanceof Contended) return new HttpProblem(503, 'log.contended', { headers: soon, cause: error });
  if (error instanceof LogUnavailable) return new HttpProblem(503, 'log.unavailable', { headers: soon, cause: error });
  if (error instanceof UnknownOutcome)
    return new HttpProblem(503, 'log.outcome-unknown', { headers: soon, cause: error });
  if (typeof error !== 'object' || error === null) return new HttpProblem(500, 'internal', { cause: error });
  if (isDatabaseDown(error)) return new HttpProblem(503, 'database.unavailable', { headers: soon, cause: error });
  const { getStatus, statusCode }: Foreign = error;
  const status = getStatus ? getStatus.call(error) : (statusCode ?? 0);
  const code = byStatus[status];
  if (code === undefined) return new HttpProblem(500, 'internal', { cause: error });
  return new HttpProblem(status, code, status === 503 ? { headers: soon } : {});
};

/** The body of the answer. */
export const problemOf = (refusal: HttpProblem, instance: string, traceId: string): Problem => {
  const { status, code, more } = refusal;
  const { title, detail } = textOf(code, more.params ?? {}, status);
  return {
    type: `urn:tiebreak:problem:${code}`,
    title,
    status,
    detail,
    instance,
    code,
    ...(more.errors && { errors: more.errors }),
    ...(more.currentRevision !== undefined && { currentRevision: more.currentRevision }),
    traceId,
  };
};
