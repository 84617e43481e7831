import { readFile } from 'node:fs/promises';
import { featuresOf } from '../../libs/matching/candidate-features.js';
import type { ClaimRecord } from '../../libs/matching/claim-record.js';
import { normalise, normaliseDomain } from '../../libs/matching/normalise.js';
import { normaliseName } from '../../libs/matching/name.js';
import { openLabelled } from './labelled-file.js';
import { hashOf, randomOf, typedName } from './typed-name.js';

/** `unit` is what must not be split between learning and checking: a customer. */
export type TrainingPair = {
  readonly set: 'records' | 'names' | 'list' | 'typed';
  readonly unit: string;
  readonly left: ClaimRecord;
  readonly right: ClaimRecord;
  readonly same: boolean;
};

export type Training = {
  readonly pairs: readonly TrainingPair[];
  /** Of lists: the true pairs, those that the search didn't propose included. */
  readonly truths: Readonly<Record<'list' | 'typed', number>>;
};

const nameOnly = ({ name }: ClaimRecord): ClaimRecord => ({ name });

/** Labelled sites seen as companies: what shares a domain or the name is no example of two customers. */
const recordPairs = async (path: string): Promise<TrainingPair[]> => {
  const file = await openLabelled(path);
  if (file.mode === 'stream') throw new Error(`${path} is a list, not pairs`);
  const pairs: TrainingPair[] = [];
  for await (const row of file.rows()) {
    if ('broken' in row) continue;
    const { left, right, same } = row;
    const [one, other] = [left, right].map((each) => ({
      domain: normaliseDomain(each.domain ?? '') || normaliseDomain(each.email ?? ''),
      name: normaliseName(each.name, each.countryCode ?? '').text,
    })) as [{ domain: string; name: string }, { domain: string; name: string }];
    if (!same && ((one.domain !== '' && one.domain === other.domain) || one.name === other.name)) continue;
    const unit = `${path} ${row.at}`;
    pairs.push({ set: 'records', unit, left, right, same });
    pairs.push({ set: 'names', unit, left: nameOnly(left), right: nameOnly(right), same });
  }
  return pairs;
};

type Listed = { readonly name: string; readonly group: number };

const shuffled = <T>(values: readonly T[], seed: number): T[] => {
  const random = randomOf(seed);
  const all = [...values];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
};

const budget = 3_000;

/** Each name against all before it, as a screening would: the fifteen that the search proposes. */
const asList = (listed: readonly Listed[], set: 'list' | 'typed', proposedMost = 15) => {
  const postings = new Map<number, { at: number; counts: number }[]>();
  const pairs: TrainingPair[] = [];
  const groups = new Map<number, number>();
  let truths = 0;
  listed.forEach(({ name, group }, at) => {
    const before = groups.get(group) ?? 0;
    truths += before;
    groups.set(group, before + 1);
    const { names } = featuresOf({ name });
    const scores = new Map<number, number>();
    let used = 0;
    for (const posting of [...names.keys()]
      .flatMap((feature) => {
        const found = postings.get(feature);
        return found ? [found] : [];
      })
      .toSorted((a, b) => a.length - b.length)) {
      if (used > 0 && used + posting.length > budget) break;
      used += posting.length;
      const weight = Math.log(1 + at / posting.length);
      for (const each of posting) scores.set(each.at, (scores.get(each.at) ?? 0) + weight * each.counts);
    }
    const best = [...scores].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, proposedMost);
    for (const [other] of best) {
      const earlier = listed[other]!;
      pairs.push({
        set,
        unit: `${set} ${Math.max(group, earlier.group)}`,
        left: { name },
        right: { name: earlier.name },
        same: earlier.group === group,
      });
    }
    for (const [feature, counts] of names) {
      const posting = postings.get(feature);
      if (posting) posting.push({ at, counts });
      else postings.set(feature, [{ at, counts }]);
    }
  });
  return { pairs, truths };
};

type Company = {
  readonly id: string;
  readonly names: readonly { readonly value: string; readonly types: readonly string[] }[];
  readonly countryCode: string | null;
  readonly successors: readonly (string | { readonly id: string })[];
};

const isLatin = (text: string): boolean => !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text);
const ofOneName = 2;

/**
 * ROR's companies as a list: each Latin name but initials, without the country that the registry puts in brackets.
 * Companies that then have one name, and those that succeeded each other, are one group.
 */
const listOf = (companies: readonly Company[]): Listed[] => {
  const leader = companies.map((_, at) => at);
  const find = (at: number): number => {
    let top = at;
    while (leader[top] !== top) top = leader[top]!;
    return top;
  };
  const join = (a: number, b: number) => (leader[find(a)] = find(b));
  const atOf = new Map(companies.map(({ id }, at) => [id, at]));
  const named = new Map<string, number>();
  const listed: { name: string; skeleton: string; company: number }[] = [];
  companies.forEach(({ names, successors }, company) => {
    const written = new Set(
      names.filter(({ types }) => !types.includes('acronym')).map(({ value }) => value.replace(/ \([^)]*\)$/, '')),
    );
    for (const name of written) {
      const { skeleton } = normaliseName(name, '');
      if (skeleton === '') continue;
      const namesake = named.get(skeleton);
      if (namesake === undefined) named.set(skeleton, company);
      else join(company, namesake);
      if (isLatin(name)) listed.push({ name, skeleton, company });
    }
    for (const successor of successors) {
      const other = atOf.get(typeof successor === 'string' ? successor : successor.id);
      if (other !== undefined) join(company, other);
    }
  });
  const kept = new Map<string, number>();
  return listed.flatMap(({ name, skeleton, company }) => {
    const group = find(company);
    const key = `${group} ${skeleton}`;
    kept.set(key, (kept.get(key) ?? 0) + 1);
    return kept.get(key)! > ofOneName ? [] : [{ name, group }];
  });
};

/** One name of each company, four of ten once more as somebody might type it. */
const typedOf = (listed: readonly Listed[]): Listed[] => {
  const first = new Map<number, string>();
  for (const { name, group } of listed) if (!first.has(group)) first.set(group, name);
  return [...first].flatMap(([group, name]) => {
    const seed = hashOf(name);
    return seed % 10 < 4
      ? [
          { name, group },
          { name: typedName(name, seed), group },
        ]
      : [{ name, group }];
  });
};

/** Throws where a file can't be read; the same files give the same pairs in the same order. */
export const trainingPairs = async (recordFiles: readonly string[], companyFile: string): Promise<Training> => {
  const records: TrainingPair[] = [];
  for (const path of recordFiles) records.push(...(await recordPairs(path)));
  const lines = (await readFile(companyFile, 'utf8')).trim().split('\n');
  const listed = listOf(lines.map((line) => JSON.parse(line) as Company));
  const list = asList(shuffled(listed, 7), 'list');
  const typed = asList(shuffled(typedOf(listed), 13), 'typed');
  return {
    pairs: [...records, ...list.pairs, ...typed.pairs],
    truths: { list: list.truths, typed: typed.truths },
  };
};

/** What a record pair looks like to the comparing. */
export const normalisedPair = ({ left, right }: TrainingPair) => [normalise(left), normalise(right)] as const;
