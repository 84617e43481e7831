import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.js';
import type { Commands } from './commands.js';
import { type Fault, faultsOf } from './faults.js';
import type { Progress } from './progress.js';
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

/** Lets the faults of the seed happen, each after its count of acknowledged commands, until there were `kills` kills. */
export const breakThings = async (rooms: Rooms): Promise<{ kills: number; faults: Record<string, number> }> => {
  const { commands, seed, minutes, progress, stopping } = rooms;
  const until = performance.now() + minutes * 60_000;
  const faults: Record<string, number> = {};
  let kills = 0;
  for (const { after, fault } of faultsOf(seed)) {
    if (kills >= rooms.kills || performance.now() > until || stopping.aborted) break;
    const due = commands.acknowledged() + after;
    for (const silent = performance.now() + silenceMs; commands.acknowledged() < due && performance.now() < silent;)
      await pause(10);
    const name = await happen(fault, rooms);
    if (name === undefined) continue;
    if (fault.kind === 'kill') kills += 1;
    faults[name] = (faults[name] ?? 0) + 1;
    progress.happened(name, kills);
  }
  return { kills, faults };
};

/** Resolves to what it did; undefined where there was nothing to do it to. */
const happen = async (fault: Fault, { stack, client }: Rooms): Promise<string | undefined> => {
  switch (fault.kind) {
    case 'kill': {
      const kill = killOf(fault, stack);
      return kill ? `kill ${fault.of}` : undefined;
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

const killOf = ({ of, which, restAfter }: Extract<Fault, { kind: 'kill' }>, stack: Stack): boolean => {
  if (of === 'postgres') return stack.killPostgres(restAfter);
  if (of === 'node') return stack.node.kill(restAfter);
  const some = of === 'api' ? stack.apis : stack.workers;
  return some.some((_, index) => some[(which + index) % some.length]!.kill(restAfter));
};
