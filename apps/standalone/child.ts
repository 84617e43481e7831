import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Running } from './supervisor.js';

export type Program = {
  readonly name: string;
  /** A file, run by this same Node. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** stdout and stderr; starts anew with each launch, the one before is kept as `.1`. */
  readonly logFile: string;
  /** The line of stdout that says it is ready; unset: it is done when it exits with 0. */
  readonly ready?: RegExp;
  /** Called with the ready line's match. */
  readonly onReady?: (match: RegExpExecArray) => void;
};

/**
 * Runs in every child before its own entry: whatever ends the start command, kill -9 too, ends its children, and at
 * once, so that the next start finds their port and locks free. They all survive this as they survive a kill -9.
 * Killed, because an orderly exit was seen to hang in native code, holding the port: its start was killed no less.
 * Unref, because listening alone would keep a child that has shut down from ending.
 */
const LEASH = `data:text/javascript,${encodeURIComponent(
  `process.once('disconnect', () => process.kill(process.pid, 'SIGKILL')); process.channel?.unref();`,
)}`;
const READY_MS = 60_000;
const STOP_MS = 10_000;
const LOG_BYTES = 10_000_000;
const TAIL = 8;

/**
 * Starts a program and resolves when it is ready. Aborting `signal` asks it to stop (SIGTERM) and ends it after 10 s
 * if it does not. Rejects with its last lines when it ends or 60 s pass before it is ready.
 */
export const launch = async (program: Program, signal: AbortSignal): Promise<Running> => {
  const { name, entry, args = [], env, logFile, ready } = program;
  const log = openLog(logFile);
  const lines = { out: [] as string[], err: [] as string[] };
  const child = spawn(process.execPath, ['--import', LEASH, entry, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // a group of its own: Ctrl-C reaches the start command alone, which then stops all in order
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let verdict: string | undefined;
  let kill: NodeJS.Timeout | undefined;
  const terminate = () => {
    child.kill('SIGTERM');
    kill ??= setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  };
  const keep = (tail: string[], line: string) => {
    log.write(line);
    tail.push(line.slice(0, 500));
    if (tail.length > TAIL) tail.shift();
  };
  const because = (what: string) => {
    const tail = (lines.err.length > 0 ? lines.err : lines.out).map((line) => `\n    ${line}`).join('');
    return `${name} ${what}, see ${logFile}${tail}`;
  };

  return new Promise((resolve, reject) => {
    const ended = new Promise<string>((settle) => {
      child.once('close', (code, by) => {
        clearTimeout(kill);
        clearTimeout(late);
        signal.removeEventListener('abort', terminate);
        log.close();
        const reason = because(verdict ?? `ended (${by ?? `exit code ${code}`})`);
        settle(reason);
        if (!ready && code === 0) resolve({ ended: Promise.resolve(reason) });
        else reject(new Error(reason));
      });
    });
    const late = setTimeout(() => {
      verdict = `was not ready within ${READY_MS / 1000} s`;
      child.kill('SIGKILL');
    }, READY_MS);
    const isReady = (match: RegExpExecArray) => {
      clearTimeout(late);
      program.onReady?.(match);
      resolve({ ended });
    };
    eachLine(child.stderr, (line) => keep(lines.err, line));
    eachLine(child.stdout, (line) => {
      keep(lines.out, line);
      const match = ready?.exec(line);
      if (match) isReady(match);
    });
    child.once('error', (fault) => reject(new Error(because(fault.message), { cause: fault })));
    signal.addEventListener('abort', terminate, { once: true });
    if (signal.aborted) terminate();
  });
};

const eachLine = (stream: Readable | null, hear: (line: string) => void) => {
  if (stream) createInterface({ input: stream }).on('line', hear);
};

/** At most two files of 10 MB. Synchronous, so that a child's last words are on disk when its end is reported. */
const openLog = (path: string) => {
  mkdirSync(dirname(path), { recursive: true });
  const anew = () => {
    try {
      renameSync(path, `${path}.1`);
    } catch {
      // the first one
    }
    return openSync(path, 'w', 0o600);
  };
  let file = anew();
  let bytes = 0;
  return {
    write: (line: string) => {
      bytes += writeSync(file, `${line}\n`);
      if (bytes < LOG_BYTES) return;
      closeSync(file);
      file = anew();
      bytes = 0;
    },
    close: () => closeSync(file),
  };
};
