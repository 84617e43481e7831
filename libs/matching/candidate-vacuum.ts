import type { Sweep } from '../platform/processors/processor.js';

/**
 * The search lives on index-only scans, which need vacuumed pages: with a fifth of the rows unvacuumed it takes three times
 * as long. While claims come in, Postgres by itself comes by too seldom, once a minute at most.
 */
export const candidateVacuum: Sweep = {
  name: 'candidate-vacuum',
  everyMs: 15_000,
  run: async (database) => {
    const [table] = await database.query<{ due: boolean }[]>(
      `SELECT n_ins_since_vacuum + n_dead_tup > greatest(20000, 0.02 * n_live_tup) AS due
       FROM pg_stat_user_tables WHERE relid = 'candidate_posting'::regclass`,
    );
    if (!table?.due) return;
    const runner = database.createQueryRunner();
    try {
      await runner.query('SET statement_timeout = 0');
      await runner.query('VACUUM (SKIP_LOCKED) candidate_posting');
    } finally {
      await runner.query('RESET statement_timeout');
      await runner.release();
    }
  },
};
