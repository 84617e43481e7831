import type { ClaimRecord } from './claim-record.js';
import { skeletonOf } from './name.js';
import { normalise } from './normalise.js';

/** What a record is found by: hashes to signed 32 bits, and what each counts. */
export type Features = {
  /** Of its names. Counts for more the fewer of them its name has: 1..1000. */
  readonly names: ReadonlyMap<number, number>;
  /** Of what belongs to one company or building; the surer, the more it counts: a bit each, so that sums compare. */
  readonly keys: ReadonlyMap<number, number>;
};

const gramLength = 4;
const pairedTokens = 6;
/** Three letters are initials of too many. */
const fewestInitials = 4;
const mostInitials = 6;
/** A longer list of names is cut: the first names keep theirs. */
const mostOfNames = 200;

/** What a key counts. */
const sureness = { registryId: 8, domain: 4, phone: 2, building: 1 };

const seeds = { token: 0x2f0b4a1d, gram: 0x51ed270b, pair: 0x68bc21eb, local: 0x02e5be93, key: 0x7a3f9c55 };

const hash = (seed: number, text: string): number => {
  let h = seed;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x0100_0193);
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
};

/**
 * Words, every four letters of the name without blanks between two end marks (so they cross the borders of words), and
 * pairs of its first words, which rescue a name made of common ones.
 */
const ofName = (tokens: readonly string[], skeleton: string, acronym: string): Set<number> => {
  const found = new Set<number>();
  // as people call it: "TSMC"
  if (acronym.length >= fewestInitials && acronym.length <= mostInitials)
    found.add(hash(seeds.token, skeletonOf(acronym)));
  const words = tokens.map(skeletonOf);
  for (const word of words) found.add(hash(seeds.token, word));
  const marked = `^${skeleton}$`;
  for (let at = 0; at + gramLength <= Math.max(marked.length, gramLength); at++)
    found.add(hash(seeds.gram, marked.slice(at, at + gramLength)));
  const first = words.slice(0, pairedTokens);
  for (const [at, one] of first.entries())
    for (const other of first.slice(at + 1))
      found.add(hash(seeds.pair, one < other ? `${one} ${other}` : `${other} ${one}`));
  return found;
};

const derive = (record: ClaimRecord): Features => {
  const { countryCode, names: written, domain, domainLabel, phone, address, registryIds } = normalise(record);
  const spellings = written.map(({ tokens, skeleton, acronym }) => ({ tokens, skeleton, acronym }));
  // "orionsystems.example" is how Orion Systems writes itself
  if (domainLabel.length > 3 && spellings.every(({ skeleton }) => skeleton !== domainLabel))
    spellings.push({ tokens: [domainLabel], skeleton: domainLabel, acronym: '' });
  const names = new Map<number, number>();
  for (const { tokens, skeleton, acronym } of spellings) {
    const found = ofName(tokens, skeleton, acronym);
    // of equal names those of one's own country come first
    found.add(hash(seeds.local, `${countryCode} ${skeleton}`));
    const counts = Math.round(1_000 * found.size ** -0.4);
    for (const feature of found)
      if (names.size < mostOfNames) names.set(feature, Math.max(counts, names.get(feature) ?? 0));
  }
  const keys = new Map<number, number>();
  const add = (kind: keyof typeof sureness, text: string) =>
    keys.set(hash(seeds.key, `${kind} ${text}`), sureness[kind]);
  for (const { type, scope, value } of registryIds) add('registryId', `${type}:${scope}${value}`);
  if (domain) add('domain', domain);
  if (phone) add('phone', phone);
  const number = address.numbers[0];
  if (number && address.postcode) add('building', `${countryCode}:${address.postcode.slice(0, 5)}:${number}`);
  return { names, keys };
};

const known = new WeakMap<ClaimRecord, Features>();

/** Bounded: at most 200 of names and a handful of keys. Records are values: one changed in place keeps its first answer. */
export const featuresOf = (record: ClaimRecord): Features => {
  const features = known.get(record) ?? derive(record);
  known.set(record, features);
  return features;
};
