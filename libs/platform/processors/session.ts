import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Sql } from './checkpoint.js';

/** The pool's connections, of which those in use can be taken away from whoever waits for them. */
export type Session = Sql & {
  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T>;
  /** Ends the connections in use: what was asked through them fails, nothing more can be. Answers their backends' pids. */
  tear(): Promise<readonly number[]>;
};

type Client = { readonly processID: number; end(): Promise<void> };

const end = async (runner: QueryRunner): Promise<number> => {
  const client = (await runner.connect()) as Client;
  // a socket that leads nowhere may never close
  void client.end().catch(() => undefined);
  await runner.release();
  return client.processID;
};

export const openSession = (database: DataSource): Session => {
  const using = new Set<QueryRunner>();
  let torn = false;

  const borrow = async <T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> => {
    if (torn) throw new Error('the session was torn');
    const runner = database.createQueryRunner();
    using.add(runner);
    try {
      return await work(runner);
    } finally {
      using.delete(runner);
      await runner.release();
    }
  };
  return {
    query: <T>(sql: string, parameters?: unknown[]) => borrow<T>((runner) => runner.query(sql, parameters)),
    transaction: (work) => borrow((runner) => runner.manager.transaction(work)),
    async tear() {
      torn = true;
      const ends = await Promise.allSettled([...using].map(end));
      return ends.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    },
  };
};

/** Ends what a torn session left at the server, which may not have heard of it and keeps its locks. */
export const endBackends = async (sql: Sql, pids: readonly number[], idleMs: number): Promise<void> => {
  if (pids.length === 0) return;
  await sql.query(
    // a pid may be another's by now: whose transaction is as old as that is ours
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE pid = ANY($1) AND usename = current_user AND xact_start < now() - make_interval(secs => $2::float8 / 1000)`,
    [pids, idleMs],
  );
};
