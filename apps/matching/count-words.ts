import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { bands, countedWords } from './counted-words.js';

const widest = 118;
const wrapped = (words: readonly string[]): string => {
  const lines = [''];
  for (const word of words)
    if ((lines.at(-1) ?? '').length + word.length < widest) lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
    else lines.push(word);
  return lines.join('\n');
};

const main = async (lists: readonly string[], { out }: { readonly out: string }): Promise<void> => {
  const read = await Promise.all(
    lists.map(async (path) => {
      const bytes = await readFile(path);
      const names = bytes
        .toString('utf8')
        .split(/\r?\n/)
        .filter((name) => name.trim() !== '');
      return { path, names, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  const counted = countedWords(read.flatMap(({ names }) => names));
  await writeFile(
    out,
    `/**
 * Words by how many of ${counted.names} different names hold them, in bands; whatever is missing is in fewer than ${bands.at(-1)}. Counted without
 * any label by \`npm run matching:words\` on ${new Date().toISOString().slice(0, 10)}, not to be edited; docs/matching.md says what the lists are:
${read.map(({ path, names, sha256 }) => ` * - ${basename(path)}, ${names.length} lines, sha256 ${sha256}`).join('\n')}
 */
export const bands: readonly (readonly [names: number, words: string])[] = [
${bands.map((least, band) => `  [${least}, \`${wrapped(counted.bands[band] ?? [])}\`],`).join('\n')}
];
`,
  );
};

await new Command('npm run matching:words --')
  .description('Counts in how many names each word is, for weighing words (docs/matching.md).')
  .argument('<list...>', 'text files with one name a line')
  .requiredOption('--out <file>', 'the file to write the table to')
  .action(main)
  .parseAsync();
