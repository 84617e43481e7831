import type { LocatedRecord } from '../matching/claim-record.js';
import { judge } from '../matching/match.js';
import { normalise } from '../matching/normalise.js';
import { type ComparedField, compareRecords } from '../matching/record-comparison.js';
import { currentWeights } from '../matching/weights.js';
import type { Compare } from './screening.js';

/** match(), for two records that meet more than once: what is compared of them stays known, and grows with every pair. */
export const openComparing = (): Compare => {
  const known = new Map<LocatedRecord, Map<LocatedRecord, readonly ComparedField[]>>();
  return (left, right, thresholds) => {
    let ofLeft = known.get(left);
    if (!ofLeft) known.set(left, (ofLeft = new Map()));
    let fields = ofLeft.get(right);
    if (!fields) {
      fields = compareRecords(normalise(left), normalise(right), currentWeights);
      ofLeft.set(right, fields);
    }
    return judge(fields, thresholds, currentWeights);
  };
};
