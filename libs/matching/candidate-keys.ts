import type { ClaimRecord } from './claim-record.js';
import { isCommonWord } from './common-words.js';
import { type Name, skeletonOf } from './name.js';
import { normalise } from './normalise.js';

const mostKeys = 12;
const longestKey = 80;

const spellings = ({ skeleton, tokens }: Name, countryCode: string): string[] => {
  const telling = tokens.filter((token) => !isCommonWord(token) && token.length > 1);
  const first = tokens.slice(0, 2).toSorted().join(' ');
  return [
    `n:${skeleton}`,
    ...(tokens.length > 1 ? [`w:${first}`] : []),
    ...(telling.length > 1 ? [`s:${telling.slice(0, 2).toSorted().join(' ')}`] : []),
    ...(tokens[0] && tokens[0].length > 5 && tokens[0] === telling[0] ? [`n:${skeletonOf(tokens[0])}`] : []),
    ...(skeleton.length > 6 ? [`x:${countryCode}:${skeleton.slice(0, 7)}`] : []),
  ];
};

const derive = (record: ClaimRecord): string[] => {
  const { countryCode, names, domain, domainLabel, phone, address, registryIds } = normalise(record);
  const [main, ...others] = names;
  const areas = [address.postcode.slice(0, 3), address.city].filter((area) => area !== '');
  const number = address.numbers[0];
  const telling = main?.tokens.find((token) => !isCommonWord(token) && token.length > 2);
  const keys = [
    ...registryIds.map(({ type, scope, value }) => `r:${type}:${scope}${value}`),
    ...(domain ? [`d:${domain}`] : []),
    ...(phone ? [`p:${phone}`] : []),
    ...(main ? spellings(main, countryCode) : []),
    ...(domainLabel.length > 3 ? [`n:${domainLabel}`] : []),
    ...(telling ? areas.map((area) => `t:${countryCode}:${area}:${telling}`) : []),
    ...(number && address.postcode ? [`a:${countryCode}:${address.postcode.slice(0, 5)}:${number}`] : []),
    ...others.map(({ skeleton }) => `n:${skeleton}`),
  ];
  return [...new Set(keys.map((key) => key.slice(0, longestKey)))].slice(0, mostKeys);
};

const known = new WeakMap<ClaimRecord, string[]>();

/**
 * Exact keys under which a claim is found again, the surest first: registry ids, domain, phone, name, then name pieces
 * and the building. At most 12 of at most 80 characters.
 */
export const candidateKeys = (record: ClaimRecord): string[] => {
  const keys = known.get(record) ?? derive(record);
  known.set(record, keys);
  return [...keys];
};
