import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export type ProgramOptions = {
  readonly name: string;
  /** A built file. */
  readonly entry: string;
  /** Asked for at each start. */
  readonly args?: () => readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Its line of stdout that says it is up. */
  readonly ready: RegExp;
  /** Where its output goes, appended. */
  readonly logs: string;
};

/** One of the built programs, in a process of its own that is started again whenever it ends. */
export type KeptProgram = {
  readonly name: string;
  /** Of the process that runs; undefined between two. */
  pid(): number | undefined;
  isUp(): boolean;
  /** kill -9; the next one starts `restAfter` ms later. False where none ran. */
  kill(restAfter: number): boolean;
  /** Resolves when it is up. */
  up(): Promise<void>;
  /** Ends it for good: SIGTERM, after 10 s SIGKILL. Resolves to what it ended with. */
  stop(): Promise<string>;
  /** How often it ended though nobody killed it, with what it said last. */
  readonly accidents: readonly string[];
};

/** So that it ends with us, however we end. */
const leash = `data:text/javascript,${encodeURIComponent(
  `process.once('disconnect', () => process.kill(process.pid, 'SIGKILL')); process.channel?.unref();`,
)}`;
const startMs = 60_000;
const stopMs = 10_000;

export const keepProgram = (options: ProgramOptions): KeptProgram => {
  const { name, entry, args = () => [], env, ready, logs } = options;
  mkdirSync(logs, { recursive: true });
  const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
  const accidents: string[] = [];
  let child: ChildProcess | undefined;
  let [isUp, isKilled] = [false, false];
  const stopping = new AbortController();
  let rest = 0;
  let waiters: (() => void)[] = [];

  const runOnce = async () => {
    isKilled = false;
    const tail: string[] = [];
    const started = spawn(process.execPath, ['--import', leash, entry, ...args()], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    const late = setTimeout(() => {
      tail.push(`was not up within ${startMs / 1_000} s`);
      started.kill('SIGKILL');
    }, startMs);
    for (const stream of [started.stdout, started.stderr])
      createInterface({ input: stream! }).on('line', (line) => {
        log.write(`${line}\n`);
        tail.push(line.slice(0, 300));
        if (tail.length > 6) tail.shift();
        if (isUp || !ready.test(line)) return;
        clearTimeout(late);
        isUp = true;
        for (const wake of waiters.splice(0)) wake();
      });
    await once(started, 'close');
    clearTimeout(late);
    [child, isUp] = [undefined, false];
    log.write(`--- ${name} ended: ${started.signalCode ?? started.exitCode}\n`);
    if (!isKilled && !stopping.signal.aborted)
      accidents.push(`${name} ended (${started.signalCode ?? started.exitCode}): ${tail.join(' | ')}`);
    return String(started.signalCode ?? started.exitCode);
  };
  let last = '';
  const keep = async () => {
    while (!stopping.signal.aborted) {
      last = await runOnce();
      if (!stopping.signal.aborted) await pause(isKilled ? rest : 500);
    }
  };
  const kept = keep();

  return {
    name,
    accidents,
    pid: () => child?.pid,
    isUp: () => isUp,
    kill(restAfter) {
      if (!child || stopping.signal.aborted) return false;
      [isKilled, rest] = [true, restAfter];
      return child.kill('SIGKILL');
    },
    up: () => (isUp ? Promise.resolve() : new Promise<void>((resolve) => (waiters = [...waiters, resolve]))),
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      const late = setTimeout(() => child?.kill('SIGKILL'), stopMs);
      await kept;
      clearTimeout(late);
      log.end();
      return last;
    },
  };
};

/** Runs a built command to its end; resolves to its stdout. */
export const runProgram = async (entry: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> => {
  const child = spawn(process.execPath, [entry, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${entry} ${args.join(' ')}: ${errors || out}`);
  return out;
};

/** Resident megabytes; undefined where the system does not tell. */
export const memoryOf = async (pid: number | undefined): Promise<number | undefined> => {
  if (pid === undefined) return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024);
};
