import type { Summary } from './run.js';

const byCode = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);

const withCodes = (counts: Readonly<Record<string, number>>) =>
  sum(counts) === 0 ? '0' : `${sum(counts)} (${byCode(counts)})`;

/** The result for a person, a figure a line. */
export const summaryText = (summary: Summary): string => {
  const { files, rejected, clear, possible, inConflict, casesOpened } = summary;
  const each = Object.entries(files).map(([name, { rows, created, repeated, refused }]): [string, string] => [
    name,
    `${rows} rows: ${created} created, ${repeated} repeated, ${sum(refused)} refused`,
  ]);
  const lines: readonly (readonly [string, string])[] = [
    ...each,
    ['accepted', `${summary.accepted} (${summary.created} created, ${summary.repeated} repeated)`],
    ['refused', withCodes(summary.refused)],
    ['rejected in screening', withCodes(rejected)],
    ['clear', String(clear)],
    ['possible', String(possible)],
    ['in conflict', String(inConflict)],
    ['cases opened', String(casesOpened)],
    ['rows/s', `${summary.rowsPerSecond} (${summary.rows} rows in ${summary.seconds.toFixed(1)} s)`],
    ['screened after', `${summary.screeningSeconds.toFixed(1)} s more`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(22)} ${value}\n`).join('');
};
