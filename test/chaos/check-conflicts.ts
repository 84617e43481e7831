import { type Case, type Claim, contended, foldClaims, isLive, pairOf } from './claims.js';
import type { LogEvent } from './log-reader.js';

/**
 * Once everything has settled: no claim waits for its screening; every two live claims of one customer and family, at least
 * one of them a partner's, have met in a case of it, and so have those that name the same domain or registry id, unless a
 * person parted them or the later one's screening shows the other as a possible match; a claim tells of the cases that it is in.
 */
export const checkConflicts = (log: readonly LogEvent[]): string[] => {
  const { claims, cases } = foldClaims(log);
  const live = claims.filter(isLive);
  const faults = live.flatMap((claim) => (claim.toScreen ? [`${nameOf(claim)} still waits for its screening`] : []));
  const met = new Map<string, Case[]>();
  for (const each of cases)
    for (const pair of each.together)
      met.set(`${each.vendor} ${pair}`, [...(met.get(`${each.vendor} ${pair}`) ?? []), each]);

  for (const [index, b] of live.entries())
    for (const a of live.slice(0, index)) {
      if (a.vendor !== b.vendor || (a.kind === 'direct' && b.kind === 'direct')) continue;
      const common = contended(a).filter((family) => contended(b).includes(family));
      if (common.length === 0) continue;
      const meetings = met.get(`${a.vendor} ${pairOf(a.id, b.id)}`) ?? [];
      const unmet = (key: string | null) =>
        common.filter(
          (family) => !meetings.some((each) => each.family === family && (key === null || each.customerKey === key)),
        );
      if (a.customerKey !== null && a.customerKey === b.customerKey) {
        for (const family of unmet(a.customerKey))
          faults.push(
            `${nameOf(a)} and ${nameOf(b)} share the customer ${a.customerKey} and ${family}, and never met in a case of it`,
          );
        continue;
      }
      const clue = sharedClue(a, b);
      const parted = a.different.has(b.id) || b.different.has(a.id);
      const shown = a.candidates.includes(b.id) || b.candidates.includes(a.id);
      if (clue !== undefined && !parted && !shown && unmet(null).length > 0)
        faults.push(`${nameOf(a)} and ${nameOf(b)} share ${clue} and ${unmet(null).join()}, and nobody was told`);
    }
  return [...faults, ...checkMembership(live, cases)];
};

const checkMembership = (live: readonly Claim[], cases: readonly Case[]): string[] =>
  live.flatMap((claim) => {
    const open = cases.filter(
      ({ vendor, isOpen, claimants }) => vendor === claim.vendor && isOpen && claimants.includes(claim.id),
    );
    const untold = open
      .filter(({ id }) => !claim.cases.has(id))
      .map(({ id }) => `${nameOf(claim)} was not told of the case ${id}`);
    const over = [...claim.cases]
      .filter((id) => !open.some((each) => each.id === id))
      .map((id) => `${nameOf(claim)} still has the case ${id}, in which it is no claimant`);
    return [...untold, ...over];
  });

const nameOf = ({ kind, vendor, id }: Claim) => `${kind} ${vendor}.${id}`;

const hostOf = (domain: string) =>
  domain
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');

const sharedClue = ({ customer: a }: Claim, { customer: b }: Claim): string | undefined => {
  if (a.countryCode !== b.countryCode) return undefined;
  if (a.domain && b.domain && hostOf(a.domain) === hostOf(b.domain)) return hostOf(a.domain);
  const id = a.registryIds?.find((one) =>
    b.registryIds?.some(({ type, value }) => type === one.type && value === one.value),
  );
  return id && `${id.type} ${id.value}`;
};
