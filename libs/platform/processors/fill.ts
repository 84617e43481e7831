import type { DataSource, EntityManager } from 'typeorm';
import type { EventStore, Recorded } from '../event-store/event-store.js';
import type { Row } from './rows.js';
import type { Rows, ViewTable } from './view.js';

/** Where a committed piece ends: everything up to `position` is in the table, `events` more than before it. */
export type Piece = { readonly position: string; readonly events: number };

type Filling = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly database: DataSource;
  /** Everything up to there is in the table. */
  readonly after: string;
  readonly signal: AbortSignal;
  /** Its last words in the transaction of each piece. */
  readonly move: (tx: EntityManager, piece: Piece) => Promise<void>;
  readonly onPiece: (piece: Piece) => void;
};

const pieceEvents = 2_000;
/** Rows that are likely to be touched again. */
const keptRows = 40_000;

/**
 * Folds the log from `after` to its present end into a table that nobody else writes. While Postgres writes a piece, the next
 * one is folded and the one behind it read; rows touched of late are kept in memory instead of being asked for again. A
 * piece's rows are committed with what `move` says, in order, without waiting for the disk.
 */
export const fill = async (
  table: ViewTable,
  { store, database, after, signal, move, onPiece }: Filling,
): Promise<void> => {
  const kept = new Map<string, Row | undefined>();
  let writing = Promise.resolve();

  const write = async (changed: Rows, piece: Piece): Promise<void> => {
    await database.transaction(async (tx) => {
      await tx.query('SET LOCAL synchronous_commit = off');
      await table.write(tx, changed);
      await move(tx, piece);
    });
    onPiece(piece);
  };
  const remember = (rows: Rows) => {
    for (const [key, row] of rows) {
      kept.delete(key);
      kept.set(key, row);
    }
  };

  try {
    for await (const events of inPieces(store.readAll({ after: after === '0' ? undefined : after }))) {
      if (signal.aborted) return;
      const touches = table.touches(events);
      const keys = [...new Set(touches.map(({ key }) => key))];
      remember(
        await table.load(
          database,
          keys.filter((key) => !kept.has(key)),
        ),
      );
      const changed = table.fold(touches, kept);
      remember(changed);
      await writing;
      writing = write(changed, { position: events.at(-1)!.position, events: events.length });
      // its fault is met where it is waited for
      writing.catch(() => undefined);
      // what is being written was remembered last: it stays
      for (const key of kept.keys()) {
        if (kept.size <= keptRows + 2 * changed.size) break;
        kept.delete(key);
      }
    }
    await writing;
  } finally {
    await writing.catch(() => undefined);
  }
};

/** Each piece is read while the one before it is dealt with. */
async function* inPieces(events: AsyncIterable<Recorded>): AsyncGenerator<readonly Recorded[]> {
  const source = events[Symbol.asyncIterator]();
  const read = async () => {
    const piece: Recorded[] = [];
    while (piece.length < pieceEvents) {
      const { done, value } = await source.next();
      if (done) break;
      piece.push(value);
    }
    return piece;
  };
  let ahead = read();
  try {
    for (;;) {
      const piece = await ahead;
      if (piece.length === 0) return;
      ahead = read();
      ahead.catch(() => undefined);
      yield piece;
    }
  } finally {
    await ahead.catch(() => undefined);
    await source.return?.();
  }
}
