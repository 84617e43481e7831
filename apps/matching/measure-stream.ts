import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { match } from '../../libs/matching/match.js';
import { measured, sample } from './bootstrap.js';
import type { KnownClaims } from './known-claims.js';
import type { LabelledFile } from './labelled-file.js';
import type { Measuring } from './measuring.js';
import { add, nothing, pairFigures, streamFigures, tallyOfClaim } from './tally.js';
import { timing } from './timing.js';

type Known = { readonly at: number; readonly record: ClaimRecord; readonly group: string };
type List = Extract<LabelledFile, { mode: 'stream' }>;

/** Asks each claim of all before it, in the order of the file; with sides each of side b of all of side a. */
export const measureStream = async (file: List, search: KnownClaims, { thresholds, seen, rows, errors }: Measuring) => {
  const known: Known[] = [];
  const twinsOf = new Map<string, number[]>();
  const tallies = new Map<string, ReturnType<typeof tallyOfClaim>>();
  const ms: number[] = [];

  const learn = async (claims: readonly Known[]) => {
    await search.add(claims.map(({ record }) => record));
    for (const claim of claims) {
      const twins = twinsOf.get(claim.group);
      if (twins) twins.push(known.length);
      else if (claim.group !== '') twinsOf.set(claim.group, [known.length]);
      known.push(claim);
    }
  };

  const ask = async ({ at, group, record }: Known) => {
    const began = performance.now();
    const proposed = await search.similarTo(record);
    const matches = proposed.map((claim) => match(record, known[claim]!.record, thresholds));
    ms.push(performance.now() - began);

    const twins = twinsOf.get(group) ?? [];
    const isTwin = (claim: number) => group !== '' && known[claim]!.group === group;
    const calls = proposed.map((claim, index) => ({ same: isTwin(claim), verdict: matches[index]!.verdict }));
    const unit = group === '' ? `line ${at}` : `group ${group}`;
    const tally = tallies.get(unit) ?? { ...nothing };
    add(tally, tallyOfClaim(calls, twins.length));
    tallies.set(unit, tally);

    const wrong = (claim: number) => ({ at: [at, known[claim]!.at], left: record, right: known[claim]!.record });
    proposed.forEach((claim, index) => errors.see(isTwin(claim), { ...wrong(claim), match: matches[index]! }));
    if (!errors.isAsked) return;
    for (const claim of twins.slice(0, mostShown).filter((twin) => !proposed.includes(twin))) {
      const found = match(record, known[claim]!.record, thresholds);
      errors.see(true, { ...wrong(claim), match: found, notProposed: true });
    }
  };

  if (file.isSided) {
    let waiting: Known[] = [];
    for await (const { side, ...claim } of rows(file.rows(), 'side a')) {
      if (side === 'a') waiting.push({ ...claim, record: seen(claim.record) });
      if (waiting.length < mostAtOnce) continue;
      await learn(waiting);
      waiting = [];
    }
    await learn(waiting);
  }
  for await (const { side, ...claim } of rows(file.rows(), 'claims')) {
    if (side === 'a') continue;
    const asked = { ...claim, record: seen(claim.record) };
    await ask(asked);
    if (!file.isSided) await learn([asked]);
  }

  const units = sample();
  for (const tally of tallies.values()) units.add(tally);
  const { stream, interval, ...figures } = measured(units, (total) => ({
    ...pairFigures(total),
    stream: streamFigures(total),
  }));
  const { interval: ranks, ...times } = timing(ms);
  return {
    mode: file.mode,
    n: ms.length,
    ...figures,
    companyView: null,
    stream,
    ...times,
    interval: { ...interval, ...ranks },
  };
};

const mostAtOnce = 1_000;
/** Of a big group, so many earlier twins that were not proposed are looked at for `--errors`. */
const mostShown = 20;
