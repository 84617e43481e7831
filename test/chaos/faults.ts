import { randomOf } from './random.js';

export type Fault =
  | {
      readonly kind: 'kill';
      readonly of: 'api' | 'worker' | 'node' | 'postgres';
      readonly which: number;
      readonly restAfter: number;
    }
  | { readonly kind: 'stall' | 'deafen'; readonly wire: number; readonly ms: number }
  | { readonly kind: 'delay'; readonly wire: number; readonly ms: number; readonly by: number }
  | { readonly kind: 'cut'; readonly wire: number }
  | { readonly kind: 'clock'; readonly advance: string };

/** What happens, and after how many acknowledged commands since the fault before it. */
export type Due = { readonly after: number; readonly fault: Fault };

/** Follows from the seed alone. `which` and `wire` are any whole numbers: whoever acts takes them modulo what there is. */
export function* faultsOf(seed: string): Generator<Due, never> {
  const random = randomOf(`${seed} faults`);
  for (;;) {
    const after = random.chance(0.2) ? random.between(0, 2) : random.between(3, 14);
    yield { after, fault: faultBy(random) };
  }
}

const faultBy = (random: ReturnType<typeof randomOf>): Fault => {
  const wire = random.between(0, 999);
  const kind = random.weighed({ kill: 60, stall: 10, delay: 6, cut: 9, deafen: 9, clock: 6 });
  switch (kind) {
    case 'kill': {
      const of = random.weighed({ api: 30, worker: 30, node: 20, postgres: 20 });
      return { kind, of, which: random.between(0, 999), restAfter: random.between(0, 900) };
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
