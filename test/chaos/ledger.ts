import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** What an outside client remembers of one command: what it sent, under which marks, and the answer it got in the end. */
export type Entry = {
  readonly n: number;
  /** 32 hex digits, sent as the trace id: the log keeps it as `$correlationId`. */
  readonly trace: string;
  /** The Idempotency-Key; null where the route takes none. */
  readonly key: string | null;
  readonly persona: string;
  readonly method: string;
  readonly path: string;
  /** The log's stream, but for its vendor and id: of a create the id is in the answer. */
  readonly category: string;
  readonly id: string | null;
  /** The revision that it was sent upon; null where none. */
  readonly ifMatch: number | null;
  /** The types of events of which its effect has at least one; null: it may have none. */
  readonly effects: readonly string[];
  /** May be answered as done although there was nothing to do. */
  readonly mayBeIdle: boolean;
  attempts: number;
  answer: Answered | null;
};

export type Answered = {
  readonly status: number;
  readonly code: string | null;
  readonly id: string | null;
  readonly revision: number | null;
  readonly position: string | null;
};

export type Ledger = {
  readonly entries: readonly Entry[];
  open(entry: Omit<Entry, 'n' | 'attempts' | 'answer'>): Entry;
  close(entry: Entry, answer: Answered): void;
  end(): Promise<void>;
};

/** Appends to `file` what is sent before it is sent, and what is answered. */
export const openLedger = (file: string): Ledger => {
  const entries: Entry[] = [];
  const lines = createWriteStream(file, { flags: 'a' });
  return {
    entries,
    open(sent) {
      const entry: Entry = { n: entries.length, ...sent, attempts: 0, answer: null };
      entries.push(entry);
      lines.write(`${JSON.stringify({ sent: entry })}\n`);
      return entry;
    },
    close(entry, answer) {
      entry.answer = answer;
      lines.write(`${JSON.stringify({ n: entry.n, attempts: entry.attempts, answer })}\n`);
    },
    async end() {
      lines.end();
      await finished(lines);
    },
  };
};
