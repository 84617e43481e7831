import type { Commands } from './commands.js';
import type { Ledger } from './ledger.js';
import { memoryOf } from './program.js';
import { checkpointsOf, headOf } from './settling.js';
import type { Stack } from './stack.js';

/** Resident megabytes of each program: the most in the first and in the second half of the run. */
export type Watched = {
  readonly memory: Readonly<Record<string, { readonly first: number; readonly second: number }>>;
};
export type Progress = {
  /** More than the processors can keep up with: nothing new, for a while. */
  isBehind(): boolean;
  /** A processor waits for an operator: there is no point in going on. */
  isStuck(): boolean;
  happened(what: string, kills: number): void;
  stop(): Watched['memory'];
};

const everyMs = 10_000;
const mostBehind = 50_000;

/** A line every ten seconds: rate, kills, who is how far behind, memory. */
export const watchProgress = ({
  stack,
  ledger,
  commands,
  say,
}: {
  readonly stack: Stack;
  readonly ledger: Ledger;
  readonly commands: Commands;
  readonly say: (line: string) => void;
}): Progress => {
  const began = performance.now();
  const samples: { readonly at: number; readonly name: string; readonly mb: number }[] = [];
  let [kills, faults, before, last] = [0, 0, 0, 'none'];

  let slowest: Awaited<ReturnType<typeof slowestOf>>;

  const look = async () => {
    const at = performance.now() - began;
    const programs = [stack.node, ...stack.apis, ...stack.workers].map((one) => ({ name: one.name, pid: one.pid() }));
    const memory = [];
    for (const { name, pid } of [...programs, { name: 'client', pid: process.pid }]) {
      const mb = await memoryOf(pid);
      if (mb !== undefined) samples.push({ at, name, mb });
      memory.push(`${name} ${mb ?? '-'}`);
    }
    const now = commands.answered();
    say(
      `${kills} kills, ${faults} faults (${last}) · ${now} answered of ${ledger.entries.length}, ` +
        `${((now - before) / (everyMs / 1_000)).toFixed(1)}/s · ${slowest ? `${slowest.name} ${Math.ceil(slowest.bytes / 1_000)} KB behind ${slowest.error ?? ''}` : 'no lag'} · MB: ${memory.join(', ')}`,
    );
    before = now;
  };
  const listen = async () => {
    slowest = await slowestOf(stack);
  };
  const listening = setInterval(() => void listen().catch(() => undefined), 1_000);
  const timer = setInterval(() => void look().catch((fault: unknown) => say(String(fault))), everyMs);
  return {
    isStuck: () => slowest?.bytes === Infinity,
    isBehind: () => (slowest?.bytes ?? 0) > mostBehind,
    happened: (what, count) => ([last, kills, faults] = [what, count, faults + 1]),
    stop() {
      clearInterval(timer);
      clearInterval(listening);
      const half = (performance.now() - began) / 2;
      const most = (name: string, inFirst: boolean) =>
        Math.max(0, ...samples.filter((one) => one.name === name && one.at < half === inFirst).map(({ mb }) => mb));
      const names = [...new Set(samples.map(({ name }) => name))];
      return Object.fromEntries(names.map((name) => [name, { first: most(name, true), second: most(name, false) }]));
    },
  };
};

/** The one that is the furthest behind, one that an operator has to set going before all; undefined where nobody is. */
const slowestOf = async ({ eventStoreUrl, databaseUrl }: Stack) => {
  const head = await headOf(eventStoreUrl);
  const behind = (await checkpointsOf(databaseUrl)).map(({ name, position, status, error }) => ({
    name,
    bytes: status === 'stopped' ? Infinity : Number(head - BigInt(position)),
    error,
  }));
  return behind.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes)[0];
};
