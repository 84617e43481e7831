import type { Figure } from './tally.js';

type Result = { readonly mode: 'names' | 'pairs' | 'stream'; readonly n: number; readonly skipped: number };
type Section = Readonly<Record<string, Figure | object>> & {
  readonly interval?: Readonly<Record<string, readonly Figure[] | null>>;
};

const judged = {
  names: 'pairs of names',
  pairs: 'pairs of records',
  stream: 'claims asked',
};

const labels: Readonly<Record<string, string>> = {
  certain: 'certain',
  flagged: 'flagged (certain or possible)',
  reviewBand: 'review band',
  companyView: 'company view',
  stream: 'as a stream',
  completeness: 'pair completeness',
  candidatesPerClaim: 'candidates per claim',
  flaggedTwins: 'claims with a twin that were flagged with it',
  falseConflicts: 'claims without a twin called certain',
  msP50: 'ms, p50',
  msP95: 'ms, p95',
  p: 'precision',
  r: 'recall',
  f1: 'F1',
};

/** The figures as a table, each with its 95 % interval. */
export const figuresText = ({ mode, n, skipped, ...figures }: Result): string => {
  const lines = [`${n} ${judged[mode]}${skipped > 0 ? `, ${skipped} lines left out` : ''}`, ''];
  const section = (part: object, depth: number) => {
    const { interval = {}, ...values } = part as Section;
    for (const [name, value] of Object.entries(values)) {
      const label = '  '.repeat(depth) + (labels[name] ?? name);
      if (typeof value === 'object' && value !== null) {
        lines.push(label);
        section(value, depth + 1);
      } else if (value !== null || name in interval) lines.push(row(label, value, interval[name]));
    }
  };
  section(figures, 0);
  return `${lines.join('\n')}\n`;
};

const row = (label: string, value: Figure, interval?: readonly Figure[] | null) =>
  `${label.padEnd(50)} ${shown(value).padStart(8)}${interval ? `   ${interval.map(shown).join(' … ')}` : ''}`;

const shown = (value: Figure): string =>
  value === null ? '–' : Number.isInteger(value) && value > 1 ? String(value) : value.toFixed(4);
