import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Command } from 'commander';
import { agreement, besides, telling } from '../../libs/matching/name-comparison.js';
import { compareRecords } from '../../libs/matching/record-comparison.js';
import type { Weights } from '../../libs/matching/weights.js';
import { type Example, learn, type Learning, type LogOdds, sumOf } from './log-odds.js';
import { bestOf, reachOf, type Judged } from './threshold-figures.js';
import { normalisedPair, type Training, type TrainingPair, trainingPairs } from './training-pairs.js';
import { hashOf } from './typed-name.js';

/** How much a pair of each set counts. Records and names have thousands of pairs, the lists hundred thousands. */
const counts: Readonly<Record<TrainingPair['set'], number>> = { records: 2, names: 2, list: 0.4, typed: 0.5 };

/**
 * Not learned: a valid number is one company's, a customer does not span countries, and of funds and subsidiaries the
 * labelled pairs have too few.
 */
const given: Weights['fields'] = {
  registryId: { equal: 8, different: -6 },
  country: { equal: 0, different: -6.5 },
  namePlace: { different: -3.5 },
  numbers: { different: -3.5 },
};

const ordered = (field: string, levels: readonly string[]) => levels.map((level) => `${field}:${level}`);
const learning: Learning = {
  rising: [
    ordered(
      'name',
      agreement.map(([, level]) => level),
    ),
    ordered(
      'sharedWords',
      telling.map(([, level]) => level),
    ),
    ordered('firstWord', ['different', 'similar', 'equal']),
    ...besides.map((beside) =>
      ordered(
        'spelling',
        ['abbreviated', 'far', 'off', 'near', 'close', 'sounds-alike'].map((each) => `${each}-${beside}`),
      ),
    ),
    ...['none', 'place', 'common', 'usual', 'telling'].map((rest) =>
      ordered(
        'otherWords',
        ['telling', 'usual', 'common'].map((other) => [rest, other].toSorted((a, b) => rank(a) - rank(b)).join('+')),
      ),
    ),
    ordered('domain', ['different', 'same-word', 'equal']),
    ordered('phone', ['different', 'same-line', 'equal']),
    ordered('address', ['elsewhere', 'same-building']),
  ],
  fixed: new Map(
    Object.entries(given).flatMap(([field, levels]) =>
      Object.entries(levels).map(([level, weight]) => [`${field}:${level}`, weight] as const),
    ),
  ),
  doubt: 3,
  rounds: 150,
};
function rank(rest: string): number {
  return ['none', 'place', 'common', 'usual', 'telling'].indexOf(rest);
}

const blank: Weights = {
  version: '',
  prior: 0,
  fields: { name: Object.fromEntries(agreement.map(([, level], at) => [level, at])) },
};

type Compared = { readonly pair: TrainingPair; readonly levels: readonly string[] };

const compareAll = (training: Training, weights: Weights): Compared[] =>
  training.pairs.map((pair) => {
    const [left, right] = normalisedPair(pair);
    const fields = compareRecords(left, right, weights);
    return { pair, levels: fields.map(({ field, level }) => `${field}:${level}`) };
  });

// most of a list's pairs have next to nothing in common: one in four stands for all of those
const thinned = 4;
const examplesOf = (compared: readonly Compared[]): Example[] =>
  compared.flatMap(({ pair, levels }) => {
    const { set, same, left, right } = pair;
    const dull =
      !same && counts[set] < 1 && levels.some((level) => level === 'name:different' || level === 'name:from-5%');
    if (dull && hashOf(`${left.name}|${right.name}`) % thinned !== 0) return [];
    return [{ levels, same, counts: counts[set] * (dull ? thinned : 1) }];
  });

const weightsOf = (version: string, { prior, weights }: LogOdds): Weights => {
  const fields: Record<string, Record<string, number>> = {};
  for (const [key, weight] of [...weights].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [field = '', level = ''] = key.split(':');
    (fields[field] ??= {})[level] = Math.round(weight * 100) / 100;
  }
  for (const [field, levels] of Object.entries(given)) fields[field] = { ...fields[field], ...levels };
  return { version, prior: Math.round(prior * 100) / 100, fields };
};

const folds = 5;
const foldOf = ({ unit }: TrainingPair): number => hashOf(unit) % folds;

const crossValidated = (compared: readonly Compared[]): ReadonlyMap<Compared, number> => {
  const sums = new Map<Compared, number>();
  for (let fold = 0; fold < folds; fold += 1) {
    const learnt = learn(examplesOf(compared.filter(({ pair }) => foldOf(pair) !== fold)), learning);
    for (const each of compared) if (foldOf(each.pair) === fold) sums.set(each, sumOf(learnt, each.levels));
  }
  return sums;
};

const figuresOf = (compared: readonly Compared[], sums: ReadonlyMap<Compared, number>, { truths }: Training) =>
  (['records', 'names', 'list', 'typed'] as const).map((set) => {
    const judged: Judged[] = compared
      .filter(({ pair }) => pair.set === set)
      .map((each) => ({ same: each.pair.same, sum: sums.get(each)! }));
    const found = judged.filter(({ same }) => same).length;
    const all = set === 'list' || set === 'typed' ? truths[set] : found;
    return {
      set,
      pairs: judged.length,
      same: all,
      best: bestOf(judged, all),
      possible: reachOf(judged, all, 0),
      certain: reachOf(judged, all, Math.log(9)),
    };
  });

const sourceOf = async (path: string) => ({
  file: `${basename(dirname(path))}/${basename(path)}`,
  sha256: createHash('sha256')
    .update(await readFile(path))
    .digest('hex'),
});

type Options = {
  readonly records: readonly string[];
  readonly companies: string;
  readonly weights: string;
  readonly out?: string;
};

const main = async ({ records, companies, weights: version, out }: Options): Promise<void> => {
  const training = await trainingPairs(records, companies);
  const first = learn(examplesOf(compareAll(training, blank)), learning);
  // which of several names is compared hangs on the weights: once more with those just learned
  const compared = compareAll(training, weightsOf('', first));
  const weights = weightsOf(version, learn(examplesOf(compared), learning));
  const figures = figuresOf(compared, crossValidated(compared), training);
  process.stdout.write(
    `${JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value), 1)}\n`,
  );
  if (out === undefined) return;
  const sources = await Promise.all([...records, companies].map(sourceOf));
  await writeFile(out, fileOf(weights, sources, figures));
};

/** `fields-v2` is exported as `fieldsV2`. */
const camel = (version: string): string => version.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const fileOf = (
  weights: Weights,
  sources: readonly { readonly file: string; readonly sha256: string }[],
  figures: ReturnType<typeof figuresOf>,
): string => `import type { Weights } from './weights.js';

/**
 * Learned by \`npm run matching:train\`, not to be edited; docs/matching.md says how. From
${sources.map(({ file, sha256 }) => ` * - ${file}, sha256 ${sha256}`).join('\n')}
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
${figures.map(({ set, pairs, same, possible, certain }) => ` * - ${set}: ${pairs} pairs, ${same} the same; flagged P ${possible.p.toFixed(3)} R ${possible.r.toFixed(3)} F1 ${possible.f1.toFixed(3)}, certain P ${certain.p.toFixed(3)} R ${certain.r.toFixed(3)}`).join('\n')}
 */
export const ${camel(weights.version)}: Weights = ${JSON.stringify(weights, null, 2)};
`;

await new Command('npm run matching:train --')
  .description(
    'Learns the weights of the matcher from labelled records and a list of companies with their names (docs/matching.md).',
  )
  .requiredOption('--records <csv...>', 'labelled pairs of records')
  .requiredOption('--companies <ndjson>', 'companies with the names they are known by')
  .option('--weights <version>', 'what to call them', 'unreleased')
  .option('--out <file>', 'the file to write them to')
  .action(main)
  .parseAsync();
