import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Command } from 'commander';
import type { Weights } from '../../libs/matching/weights.js';
import { blank, compareAll, crossValidated, figuresOf, learned, weightsOf } from './learning-weights.js';
import { trainingPairs } from './training-pairs.js';

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
  const first = learned(compareAll(training, blank));
  // which of several names is compared hangs on the weights: once more with those just learned
  const compared = compareAll(training, weightsOf('', first));
  const weights = weightsOf(version, learned(compared));
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
 * Learned by \`npm run matching:train\` on ${new Date().toISOString().slice(0, 10)}, not to be edited; docs/matching.md says how. From
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
