import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.js';
import type { Commands } from './commands.js';
import { type Due, type Fault, faultsOf } from './faults.js';
import type { Progress } from './progress.js';
import { checkpointsOf, headOf } from './settling.js';
import type { Stack } from './stack.js';

type Rooms = {
  readonly stack: Stack;
  readonly commands: Commands;
  readonly client: Client;
  readonly seed: string;
  readonly kills: number;
  readonly minutes: number;
  readonly progress: Progress;
  readonly stopping: AbortSignal;
};

/** Where nothing is acknowledged any more the schedule must go on: it may be what everybody waits for. */
const silenceMs = 20_000;
/** On a busy machine nobody is up, or has seen everything, for long. */
const patienceMs = 8_000;

/** Lets the faults of the seed happen, each after its count of answered commands, until there were `kills` kills. */
export const breakThings = async (rooms: Rooms): Promise<{ kills: number; faults: Record<string, number> }> => {
  const { commands, seed, minutes, progress, stopping } = rooms;
  const until = performance.now() + minutes * 60_000;
  const faults: Record<string, number> = {};
  let kills = 0;
  for (const { after, wait, fault } of faultsOf(seed)) {
    if (kills >= rooms.kills || performance.now() > until || stopping.aborted || progress.isStuck()) break;
    const due = commands.answered() + after;
    for (const silent = performance.now() + silenceMs; commands.answered() < due && performance.now() < silent;)
      await pause(10);
    await waitFor(wait, rooms.stack);
    const name = await happen(fault, rooms);
    if (name === undefined) continue;
    if (fault.kind === 'kill') kills += 1;
    faults[name] = (faults[name] ?? 0) + 1;
    progress.happened(name, kills);
  }
  await calm(rooms.stack);
  return { kills, faults };
};

const waitFor = async (what: Due['wait'], stack: Stack): Promise<void> => {
  const programs = [stack.node, ...stack.apis, ...stack.workers];
  if (what === 'nothing') return;
  const late = performance.now() + patienceMs;
  while (!programs.every((program) => program.isUp()) && performance.now() < late) await pause(20);
  if (what === 'up') return;
  const head = await headOf(stack.eventStoreUrl).catch(() => 0n);
  const isBehind = async () =>
    (await checkpointsOf(stack.databaseUrl).catch(() => [{ position: '-1' }])).some(
      ({ position }) => BigInt(position) < head,
    );
  while ((await isBehind()) && performance.now() < late) await pause(200);
};

/** Everything up, and the log as ever. */
const calm = async (stack: Stack): Promise<void> => {
  // the last room that somebody makes for the log
  await pause(restMs);
  stack.killNode(0, []);
  await pause(100);
  await Promise.all([stack.node, ...stack.apis, ...stack.workers].map((program) => program.up()));
};
const restMs = 8_000;

/** Resolves to what it did; undefined where there was nothing to do it to. */
const happen = async (fault: Fault, { stack, client }: Rooms): Promise<string | undefined> => {
  switch (fault.kind) {
    case 'kill': {
      const name =
        fault.of === 'node' && fault.back.as !== 'ever' ? `kill node, back ${fault.back.as}` : `kill ${fault.of}`;
      return (await killOf(fault, stack)) ? name : undefined;
    }
    case 'clock': {
      const moved = await client.attempt(
        { persona: 'admin', method: 'POST', path: '/demo/clock', body: { advance: fault.advance } },
        0,
      );
      return moved && moved.status < 300 ? 'clock' : undefined;
    }
    default: {
      const { name, proxy } = stack.wires[fault.wire % stack.wires.length]!;
      if (fault.kind === 'stall') proxy.stall(fault.ms);
      if (fault.kind === 'deafen') proxy.deafen(fault.ms);
      if (fault.kind === 'delay') proxy.delay(fault.ms, fault.by);
      if (fault.kind === 'cut') proxy.cut();
      return `${fault.kind} ${name.replace(/-\d+-/, '-')}`;
    }
  }
};

const killOf = async (fault: Extract<Fault, { kind: 'kill' }>, stack: Stack): Promise<boolean> => {
  const { of, restAfter } = fault;
  if (of === 'postgres') return stack.killPostgres(restAfter);
  if (of === 'node') return killNode(fault, stack);
  const some = of === 'api' ? stack.apis : stack.workers;
  return some.some((_, index) => some[(fault.which + index) % some.length]!.kill(restAfter));
};

const killNode = async (
  { restAfter, back }: Extract<Fault, { kind: 'kill'; of: 'node' }>,
  stack: Stack,
): Promise<boolean> => {
  if (back.as === 'ever') return stack.killNode(restAfter, []);
  if (back.as === 'unkind') return stack.killNode(restAfter, ['--unkind', String(back.seed)]);
  const head = stack.node.isUp() ? await headOf(stack.eventStoreUrl).catch(() => undefined) : undefined;
  if (head === undefined) return stack.killNode(restAfter, []);
  const done = stack.killNode(restAfter, ['--max-bytes', String(head + BigInt(back.room))]);
  // somebody makes room: by time, for nothing is acknowledged meanwhile
  setTimeout(() => stack.killNode(0, []), restAfter + 1_000 + back.ms);
  return done;
};
