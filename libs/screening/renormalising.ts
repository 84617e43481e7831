import type { DataSource } from 'typeorm';
import { indexClaims } from '../matching/candidate-search.js';
import { normaliserVersion } from '../matching/normaliser-version.js';
import { readCheckpoint } from '../platform/processors/checkpoint.js';
import type { Sweep } from '../platform/processors/processor.js';
import { outdatedClaims, saveClaims } from './screening-claim.js';

const atOnce = 200;
const patienceMs = 4_000;

/**
 * After a release that reads names or numbers in another way: what an older one worked out of the claims, and by what they
 * are found, is worked out anew, a few at a time and never while the pass is under way. Until then a claim is compared
 * all the same, only more slowly, and found by what it was found by before.
 */
export const renormalising: Sweep = {
  name: 'renormalising',
  everyMs: 5_000,
  run: async (database) => {
    for (const until = Date.now() + patienceMs; Date.now() < until;) if ((await renormalise(database)) < atOnce) return;
  },
};

const renormalise = (database: DataSource): Promise<number> =>
  database.transaction(async (tx) => {
    if (!(await outdatedClaims(tx, normaliserVersion(), 1))[0]) return 0;
    // the pass changes these rows under this lock alone
    await readCheckpoint(tx, 'screening', { lock: true });
    const outdated = await outdatedClaims(tx, normaliserVersion(), atOnce);
    for (const vendor of new Set(outdated.map((each) => each.vendor))) {
      const claims = outdated.flatMap((each) => (each.vendor === vendor ? each.claim : []));
      await saveClaims(tx, vendor, claims);
      await indexClaims(
        tx,
        vendor,
        claims.filter(({ live }) => live),
      );
    }
    return outdated.length;
  });
