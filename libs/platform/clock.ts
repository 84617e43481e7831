import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../kernel/decider.js';

/** The time that decisions and deadlines use. Tokens, leases and timeouts keep real time. */
export abstract class Clock {
  abstract now(): Instant;
}

export class SystemClock extends Clock {
  now = (): Instant => new Date().toISOString();
}

/**
 * A clock that can be moved forward. The offset lives in a file of the data folder, looked at once in each turn of the event
 * loop, so that a move is in force in every process that shares the folder for all that comes after `advance` has returned.
 */
export class DemoClock extends Clock {
  private readonly file: string;
  private seen = -1;
  private offset = 0;
  private looked = false;

  constructor(dataDir: string) {
    super();
    this.file = join(dataDir, 'clock.json');
  }

  now(): Instant {
    return new Date(Date.now() + this.offsetMs()).toISOString();
  }

  /** @param ms milliseconds, > 0 */
  advance(ms: number): Instant {
    const next = `${this.file}.${process.pid}`;
    writeFileSync(next, JSON.stringify({ offsetMs: this.offsetMs() + ms }), { flush: true });
    renameSync(next, this.file);
    this.looked = false;
    return this.now();
  }

  private offsetMs(): number {
    if (this.looked) return this.offset;
    this.looked = true;
    setImmediate(() => (this.looked = false));
    const written = statSync(this.file, { throwIfNoEntry: false });
    // the inode is new with every move: two moves within one tick of the file system's clock still differ
    if (written && written.ino + written.mtimeMs !== this.seen) {
      this.seen = written.ino + written.mtimeMs;
      this.offset = (JSON.parse(readFileSync(this.file, 'utf8')) as { offsetMs: number }).offsetMs;
    }
    return this.offset;
  }
}
