import { createHash } from 'node:crypto';
import { canonicalJson } from '../../libs/kernel/json.js';
import type { Submission } from './sheets.js';

/**
 * Gives each submission the Idempotency-Key that the same row has in every run: by what it says and how often it was
 * said before, whatever the order of its columns, its separator or its encoding.
 */
export const rowKeys = (): ((submission: Submission) => string) => {
  const seen = new Map<string, number>();
  return ({ as, body }) => {
    const hash = createHash('sha256')
      .update(canonicalJson([as, body]))
      .digest('hex');
    const times = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, times);
    return times === 1 ? `import-${hash}` : `import-${hash}-${times}`;
  };
};
