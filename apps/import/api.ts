import { setTimeout as pause } from 'node:timers/promises';
import { CannotFinish, RowFault } from './failures.js';
import { demoTokens, type Tokens } from './tokens.js';
import { type Answer, type Sent, transportTo } from './transport.js';

export type Asked = {
  readonly method: Sent['method'];
  readonly path: string;
  /** A partner's id, or `manager`. */
  readonly as: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Api = { readonly send: (asked: Asked) => Promise<Answer> };

type Options = {
  readonly url: string;
  /** Left out: the quick start's own. */
  readonly tokens?: Tokens;
  /** How long one request is repeated while the API is away. */
  readonly patienceMs: number;
  readonly halt: AbortSignal;
  readonly onWait?: (why: string) => void;
};

/**
 * A client that outlives restarts: what doesn't get through, or is answered with 5xx or 429, is sent again as it is until
 * it is answered or the patience is over ({@link CannotFinish}).
 */
export const apiAt = ({ url, tokens, patienceMs, halt, onWait }: Options): Api => {
  const base = url.replace(/\/+$/, '');

  const once = transportTo(base, halt);

  const patiently = async (path: string, sent: Sent): Promise<Answer> => {
    const until = Date.now() + patienceMs;
    for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
      const answer = await once(path, sent).catch((fault: unknown) => {
        halt.throwIfAborted();
        return reasonOf(fault);
      });
      if (typeof answer !== 'string' && !isForLater(answer)) return answer;
      const why = typeof answer === 'string' ? answer : `${answer.status} ${codeOf(answer)}`;
      const asked = typeof answer === 'string' ? 0 : Number(answer.headers['retry-after'] ?? 0) * 1_000;
      const rest = Math.max(wait, Number.isFinite(asked) ? asked : 0);
      if (Date.now() + rest > until) throw new CannotFinish(`${base} does not answer ${path}: ${why}`);
      onWait?.(why);
      await pause(rest, undefined, { signal: halt });
    }
  };

  const known =
    tokens ??
    demoTokens(async (persona) => {
      const answer = await patiently('/demo/token', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ persona }).toString(),
      });
      if (answer.status === 404 && codeOf(answer) === 'persona.unknown') return undefined;
      if (answer.status !== 200)
        throw new CannotFinish(`${base} gives no demo tokens (${answer.status}): say which to use with --tokens`);
      return answer.body as { access_token: string; expires_in: number };
    });

  const send = async (asked: Asked): Promise<Answer> => {
    const token = await known.of(asked.as);
    if (token === undefined) throw new RowFault('import.partner-unknown', `there is no token for ${asked.as}`);
    const answer = await patiently(asked.path, {
      method: asked.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(asked.body !== undefined && { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
    });
    if (answer.status !== 401) return answer;
    if (!known.renew(asked.as)) throw new CannotFinish(`the token of ${asked.as} is not accepted: ${detailOf(answer)}`);
    return send(asked);
  };
  return { send };
};

/** Nobody knows what became of it, or it is the wrong moment: the same again. */
const isForLater = (answer: Answer) =>
  answer.status >= 500 || answer.status === 429 || codeOf(answer) === 'idempotency.in-flight';

type Fault = { readonly message?: string; readonly errors?: readonly Fault[] };

/** Where every address of a host was tried, the first one's fault stands for all. */
export const reasonOf = (fault: unknown): string => {
  const { message, errors } = fault as Fault;
  return message || errors?.[0]?.message || 'no reason given';
};

export const codeOf = ({ body }: Answer): string => (typeof body.code === 'string' ? body.code : 'unknown');

/** What a problem says, with the fields that it names. */
export const detailOf = ({ body }: Answer): string => {
  const faults = Array.isArray(body.errors) ? (body.errors as Record<string, string>[]) : [];
  const named = faults.map(({ pointer, detail }) => `${pointer} ${detail}`);
  return [typeof body.detail === 'string' ? body.detail : '', ...named].filter(Boolean).join('; ');
};
