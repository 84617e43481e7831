import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { match } from '../../libs/matching/match.js';
import { normaliseName } from '../../libs/matching/name.js';
import { normaliseDomain } from '../../libs/matching/normalise.js';
import { measured, sample } from './bootstrap.js';
import type { LabelledFile } from './labelled-file.js';
import type { Measuring } from './measuring.js';
import { pairFigures, tallyOfPair } from './tally.js';
import { timing } from './timing.js';

/** Judges each pair by itself, without a search. */
export const measurePairs = async (
  file: Exclude<LabelledFile, { mode: 'stream' }>,
  { thresholds, seen, rows, errors }: Measuring,
) => {
  const [all, companies] = [sample(), sample()];
  const ms: number[] = [];
  for await (const { at, same, ...pair } of rows(file.rows())) {
    const [left, right] = [seen(pair.left), seen(pair.right)];
    const began = performance.now();
    const found = match(left, right, thresholds);
    ms.push(performance.now() - began);
    const tally = tallyOfPair(same, found.verdict);
    all.add(tally);
    if (same || !isOneCompany(pair.left, pair.right)) companies.add(tally);
    errors.see(same, { at: [at], left, right, match: found });
  }
  const companyView = file.mode === 'pairs' ? { n: companies.drawn.length, ...measured(companies, pairFigures) } : null;
  const { interval, ...figures } = measured(all, pairFigures);
  const { interval: ranks, ...times } = timing(ms);
  return {
    mode: file.mode,
    n: all.drawn.length,
    ...figures,
    companyView,
    stream: null,
    ...times,
    interval: { ...interval, ...ranks },
  };
};

/** What the rules call one customer whatever a label of sites says: one registrable domain, or one name but for its legal form. */
const isOneCompany = (left: ClaimRecord, right: ClaimRecord): boolean => {
  const [domain, other] = [domainOf(left), domainOf(right)];
  if (domain !== '' && domain === other) return true;
  const [name, another] = [left, right].map((each) => normaliseName(each.name, each.countryCode ?? '').text);
  return name !== '' && name === another;
};

const domainOf = ({ domain, email }: ClaimRecord) => normaliseDomain(domain ?? '') || normaliseDomain(email ?? '');
