import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Reply } from './client.js';
import type { Answered, Entry, Ledger } from './ledger.js';
import type { Random } from './random.js';

export type Sent = {
  readonly persona: string;
  readonly method?: 'POST' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly category: 'registration' | 'conflict' | 'direct';
  readonly id: string | null;
  readonly ifMatch?: number;
  readonly effects: readonly string[];
  readonly mayBeIdle?: boolean;
};

export type Commands = {
  /** Repeats it under its key until an answer is final; undefined where none came before `over`. */
  send(sent: Sent): Promise<Reply | undefined>;
  /** How many have their final answer. */
  readonly answered: () => number;
  /** Repeats that were answered otherwise than the first time. */
  readonly differences: readonly string[];
};

const everAgain = (reply: Reply | undefined): boolean =>
  !reply ||
  reply.status >= 500 ||
  [401, 408, 429].includes(reply.status) ||
  (reply.status === 409 && reply.body?.code === 'idempotency.in-flight');

const answered = ({ status, body }: Reply): Answered => ({
  status,
  code: body?.code ?? null,
  id: body?.id ?? body?.crmId ?? null,
  revision: body?.revision ?? null,
  position: body?.position ?? null,
});

/**
 * Sends commands as an outside client: each goes into the ledger first, an answer that never comes is asked for again,
 * at another api process, under the same key. Now and then it hangs up early, repeats what was answered, or sends
 * another body under a used key.
 */
export const commandsOf = (client: Client, ledger: Ledger, random: Random, over: AbortSignal): Commands => {
  setMaxListeners(0, over);
  let answers = 0;
  const differences: string[] = [];
  const hexOf = (digits: number) => Array.from({ length: digits }, () => random.between(0, 15).toString(16)).join('');

  const untilFinal = async (entry: Entry, sent: Sent, body: unknown): Promise<Reply | undefined> => {
    const headers = {
      traceparent: `00-${entry.trace}-${hexOf(15)}1-01`,
      ...(entry.key !== null && { 'idempotency-key': entry.key }),
      ...(entry.ifMatch !== null && { 'if-match': `"${entry.ifMatch}"` }),
    };
    const { persona, method = 'POST', path } = sent;
    const impatient = random.chance(0.04) ? random.between(1, 40) : undefined;
    let at = random.between(0, 7);
    while (!over.aborted) {
      const hangUpAfter = entry.attempts === 0 ? impatient : undefined;
      entry.attempts += 1;
      const reply = await client.attempt(
        { persona, method, path, body, headers, ...(hangUpAfter && { hangUpAfter }) },
        at,
      );
      if (!everAgain(reply)) return reply;
      at += 1;
      await pause(reply?.status === 409 || reply?.status === 429 ? 700 : 60, undefined, { signal: over }).catch(
        () => undefined,
      );
    }
    return undefined;
  };

  const again = async (entry: Entry, sent: Sent, first: Answered) => {
    const reply = await untilFinal(entry, sent, sent.body);
    if (!reply) return;
    const [was, is] = [JSON.stringify(first), JSON.stringify(answered(reply))];
    // the kept answer may have gone with Postgres; the log gives the same outcome, a case as it stands by then
    const { status, code, id, revision } = answered(reply);
    const isCaseLater =
      entry.category === 'conflict' &&
      JSON.stringify([status, code, id]) === JSON.stringify([first.status, first.code, first.id]) &&
      (revision ?? -1) > (first.revision ?? Infinity);
    if (was !== is && !isCaseLater)
      differences.push(`command ${entry.n} (${entry.method} ${entry.path}) was answered ${was}, its repeat ${is}`);
  };

  return {
    answered: () => answers,
    differences,
    async send(sent) {
      const { persona, method = 'POST', path, category, id, ifMatch = null, effects, mayBeIdle = false } = sent;
      const entry = ledger.open({
        trace: `${hexOf(31)}1`,
        // a PUT is its own repeat
        key: method === 'PUT' ? null : `k-${hexOf(24)}`,
        persona,
        method,
        path,
        category,
        id,
        ifMatch,
        effects,
        mayBeIdle,
      });
      const reply = await untilFinal(entry, sent, sent.body);
      if (!reply) return undefined;
      const answer = answered(reply);
      ledger.close(entry, answer);
      answers += 1;
      if (entry.key !== null && reply.status < 300 && random.chance(0.06)) await again(entry, sent, answer);
      if (entry.key !== null && reply.status < 300 && random.chance(0.02))
        await untilFinal(entry, sent, { ...(sent.body as object), reason: 'another body' });
      return reply;
    },
  };
};
