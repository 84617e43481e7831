import { setTimeout as pause } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';

/** A lock that is held until it is released or its connection is lost. */
export type Held = { readonly lost: AbortSignal; release(): Promise<void> };

export type Locks = {
  /** The lock, or undefined where another session, or another caller here, holds it. Rejects while Postgres is away. */
  take(name: string): Promise<Held | undefined>;
  /** Lets go of every lock. */
  close(): Promise<void>;
};

type Session = {
  readonly client: Client;
  readonly lost: AbortController;
  readonly ask: <Row extends QueryResultRow>(sql: string, parameters?: string[]) => Promise<readonly Row[]>;
  readonly lose: () => void;
};

const pulseMs = 2_000;
/** A server that hears nothing for so long ends the session: whatever stands between may keep the connection of a host that is gone. */
const silentMs = 10_000;

/**
 * Advisory locks on one connection of their own: Postgres lets go of them as soon as this process or its host is gone.
 * A connection that doesn't answer for 5 s counts as lost here, one that doesn't ask for 10 s there.
 */
export const openLocks = (url: string): Locks => {
  let session: Promise<Session> | undefined;
  const held = new Set<string>();

  const connect = async (): Promise<Session> => {
    const client = new Client({
      connectionString: url,
      application_name: 'tiebreak locks',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      options: `-c idle_session_timeout=${silentMs}`,
    });
    const lost = new AbortController();
    const lose = () => {
      if (lost.signal.aborted) return;
      session = undefined;
      held.clear();
      lost.abort();
    };
    client.on('error', lose);
    client.on('end', lose);
    lost.signal.addEventListener('abort', () => void client.end().catch(() => undefined), { once: true });
    await client.connect();
    let last: Promise<unknown> = Promise.resolve();
    // a connection takes one statement at a time, whoever asks
    const ask = <Row extends QueryResultRow>(sql: string, parameters: string[] = []) => {
      const answer = last.then(async () => (await client.query<Row>(sql, parameters)).rows);
      last = answer.catch(() => undefined);
      return answer;
    };
    void pulse(ask, lose, lost.signal);
    return { client, lost, ask, lose };
  };

  return {
    async take(name) {
      if (held.has(name)) return undefined;
      held.add(name);
      try {
        session ??= connect().catch((fault: unknown) => {
          session = undefined;
          throw fault;
        });
        const { lost, ask, lose } = await session;
        const [answer] = await ask<{ taken: boolean }>(
          'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
          [name],
        );
        if (!answer!.taken || lost.signal.aborted) {
          held.delete(name);
          return undefined;
        }
        const release = async () => {
          if (lost.signal.aborted) return;
          await ask('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(lose);
          held.delete(name);
        };
        return { lost: lost.signal, release };
      } catch (fault) {
        held.delete(name);
        throw fault;
      }
    },
    async close() {
      const open = await session?.catch(() => undefined);
      await open?.client.end().catch(() => undefined);
    },
  };
};

/** A network that went away says nothing: only asking tells. */
const pulse = async (ask: Session['ask'], lose: () => void, lost: AbortSignal): Promise<void> => {
  while (!lost.aborted) {
    await pause(pulseMs, undefined, { signal: lost, ref: false }).catch(() => undefined);
    if (!lost.aborted) await ask('SELECT 1').catch(lose);
  }
};
