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
  let asked = 0;

  const learn = (claim: Known) => {
    const twins = twinsOf.get(claim.group);
    if (twins) twins.push(known.length);
    else if (claim.group !== '') twinsOf.set(claim.group, [known.length]);
    known.push(claim);
  };

  const matchesOf = (record: ClaimRecord, proposed: readonly number[]) =>
    proposed.map((claim) => match(record, known[claim]!.record, thresholds));

  const time = async (record: ClaimRecord) => {
    const began = performance.now();
    matchesOf(record, await search.similarTo(record));
    ms.push(performance.now() - began);
  };

  const judge = ({ at, group, record }: Known, proposed: readonly number[]) => {
    const matches = matchesOf(record, proposed);
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

  async function* claimsOf(wanted: 'a' | 'b' | undefined): AsyncGenerator<Known> {
    for await (const { side, ...claim } of rows(file.rows(), wanted === 'a' ? 'side a' : 'claims'))
      if (side === wanted) yield { ...claim, record: seen(claim.record) };
  }
  const recordsOf = (claims: readonly Known[]) => claims.map(({ record }) => record);

  if (file.isSided)
    for await (const some of inPieces(claimsOf('a'), 1_000)) {
      await search.add(recordsOf(some));
      some.forEach(learn);
    }
  for await (const some of inPieces(claimsOf(file.isSided ? 'b' : undefined), oneTimedOf)) {
    await time(some[0]!.record);
    const proposed = await search.similarToEach(recordsOf(some), !file.isSided);
    for (const [nth, claim] of some.entries()) {
      judge(claim, proposed[nth]!);
      asked++;
      if (!file.isSided) learn(claim);
    }
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
    n: asked,
    ...figures,
    companyView: null,
    stream,
    ...times,
    interval: { ...interval, ...ranks },
  };
};

/** One claim in so many is asked alone, for the times; then all of them together. */
const oneTimedOf = 10;
/** Of a big group, so many earlier twins that were not proposed are looked at for `--errors`. */
const mostShown = 20;

async function* inPieces<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let piece: T[] = [];
  for await (const item of items) {
    if (piece.push(item) < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
