import { parse } from 'csv-parse/sync';

/** A record's cells, or the reason why it is none. */
export type CsvRecord = { readonly cells: readonly string[] } | { readonly fault: 'encoding' | 'row'; detail: string };

export const encodings = ['utf-8', 'windows-1250', 'windows-1252', 'iso-8859-2'] as const;
export type Encoding = (typeof encodings)[number];
export type Delimiter = ',' | ';' | '\t';

/** What a body of the API may hold; a line longer than this is no row of any of these files. */
const mostBytes = 262_144;
/** Longer cells than this many lines are quotes that somebody forgot to close. */
const mostLines = 100;
const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/** Lines as bytes, without their line feed. A line past `mostBytes` is cut there and its rest dropped. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, start)) {
      yield rest.subarray(start, Math.min(end, start + mostBytes));
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > mostBytes) rest = rest.subarray(0, mostBytes);
  }
  if (rest.length > 0) yield rest;
}

const quotesIn = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(quote); at >= 0; at = bytes.indexOf(quote, at + 1)) count++;
  return count;
};

const chomped = (line: Buffer) => (line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);

/** Reads one record of `width` cells (any number where it is left out). */
export const recordReader = (encoding: Encoding, delimiter: Delimiter, width?: number) => {
  const strict = new TextDecoder(encoding, { fatal: true });
  const lenient = new TextDecoder(encoding);
  return (bytes: Buffer): CsvRecord => {
    if (bytes.length >= mostBytes) return { fault: 'row', detail: `longer than ${mostBytes} bytes` };
    let text: string;
    let broken = false;
    try {
      text = strict.decode(bytes);
    } catch {
      // the structure is plain ASCII: it can be told apart from what is inside the cells
      text = lenient.decode(bytes);
      broken = true;
    }
    try {
      const [cells = []] = parse(text, { delimiter, relax_column_count: true });
      if (width !== undefined && cells.length !== width)
        return { fault: 'row', detail: `${cells.length} cells where the header has ${width}` };
      return broken ? { fault: 'encoding', detail: `not ${encoding}` } : { cells };
    } catch {
      return { fault: 'row', detail: 'a quote opens or closes in the wrong place' };
    }
  };
};

/**
 * The records of the lines. A quote that is never closed costs its own line only: where what follows is a whole row by
 * itself, or nothing well-formed comes of joining them, reading goes on at the next line. `line` is that of its start, from 1.
 */
export async function* recordsOf(
  lines: AsyncGenerator<Buffer>,
  read: ReturnType<typeof recordReader>,
): AsyncGenerator<CsvRecord & { readonly line: number }> {
  let taken = 0;
  const ahead: Buffer[] = [];
  const line = async (index: number): Promise<Buffer | undefined> => {
    while (ahead.length <= index) {
      const next = await lines.next();
      if (next.done) return undefined;
      ahead.push(next.value);
    }
    return ahead[index];
  };
  for (let first = await line(0); first; first = await line(0)) {
    ahead.shift();
    const at = (taken += 1);
    if (chomped(first).length === 0) continue;
    const parts = [first];
    let quotes = quotesIn(first);
    while (quotes % 2 === 1 && parts.length <= mostLines) {
      const next = await line(parts.length - 1);
      if (!next) break;
      parts.push(next);
      quotes += quotesIn(next);
    }
    const open = quotes % 2 === 1;
    const joined = parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.of(newline), part]));
    const whole = read(chomped(parts.length === 1 ? first : Buffer.concat(joined)));
    const alone = parts.length === 1 || open || isMisjoined(whole, read(chomped(parts[1]!)));
    if (!alone) taken += ahead.splice(0, parts.length - 1).length;
    const unclosed = open || (alone && parts.length > 1);
    yield { ...(unclosed ? { fault: 'row', detail: 'a quote is not closed' } : whole), line: at };
  }
}

const isMisjoined = (whole: CsvRecord, next: CsvRecord) =>
  'cells' in next || ('fault' in whole && whole.detail.startsWith('a quote'));
