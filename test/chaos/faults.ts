import { randomOf } from './random.js';

export type Fault =
  | {
      readonly kind: 'kill';
      readonly of: 'api' | 'worker' | 'postgres';
      readonly which: number;
      readonly restAfter: number;
    }
  /** It comes back as it was; with a disk that is full after `room` bytes, for `ms`; or unkind, until it is killed again. */
  | { readonly kind: 'kill'; readonly of: 'node'; readonly restAfter: number; readonly back: Back }
  | { readonly kind: 'stall' | 'deafen'; readonly wire: number; readonly ms: number }
  | { readonly kind: 'delay'; readonly wire: number; readonly ms: number; readonly by: number }
  | { readonly kind: 'cut'; readonly wire: number }
  | { readonly kind: 'clock'; readonly advance: string };

export type Back =
  | { readonly as: 'ever' }
  | { readonly as: 'full'; readonly room: number; readonly ms: number }
  | { readonly as: 'unkind'; readonly seed: number };

/**
 * What happens, after how many answered commands since the fault before it, and on what it waits then: `up`, until every
 * program runs; `seen`, until every processor has seen what was in the log, so that work is under way again.
 */
export type Due = { readonly after: number; readonly wait: 'nothing' | 'up' | 'seen'; readonly fault: Fault };

/** Follows from the seed alone. `which` and `wire` are any whole numbers: whoever acts takes them modulo what there is. */
export function* faultsOf(seed: string): Generator<Due, never> {
  const random = randomOf(`${seed} faults`);
  for (;;) {
    const after = random.chance(0.25) ? random.between(0, 2) : random.between(4, 20);
    const wait = random.weighed({ nothing: 45, up: 45, seen: 10 });
    yield { after, wait, fault: faultBy(random) };
  }
}

const faultBy = (random: ReturnType<typeof randomOf>): Fault => {
  const wire = random.between(0, 999);
  const kind = random.weighed({ kill: 60, stall: 10, delay: 6, cut: 9, deafen: 9, clock: 6 });
  switch (kind) {
    case 'kill': {
      const of = random.weighed({ api: 26, worker: 30, node: 24, postgres: 20 });
      const restAfter = random.between(0, 900);
      if (of === 'node') return { kind, of, restAfter, back: backBy(random) };
      return { kind, of, which: random.between(0, 999), restAfter };
    }
    case 'stall':
      return { kind, wire, ms: random.pick([300, 1_000, 3_000, 12_000]) };
    case 'deafen':
      return { kind, wire, ms: random.between(0, 800) };
    case 'delay':
      return { kind, wire, ms: random.between(1_000, 5_000), by: random.between(20, 300) };
    case 'cut':
      return { kind, wire };
    case 'clock':
      return { kind, advance: random.pick(['PT25H', 'PT25H', 'P3D', 'P8D', 'P31D']) };
  }
};

const backBy = (random: ReturnType<typeof randomOf>): Back => {
  const as = random.weighed({ ever: 50, full: 25, unkind: 25 });
  if (as === 'full') return { as, room: random.between(0, 60_000), ms: random.between(500, 6_000) };
  return as === 'unkind' ? { as, seed: random.between(1, 9_999) } : { as };
};
