import { setTimeout as pause } from 'node:timers/promises';
import { type Decider, type Event, fold } from '../../kernel/decider.js';
import { type Category, type EventStore, isAfter, LogUnavailable } from './event-store.js';
import { watched } from './stall-watch.js';
import { load } from './transact.js';

type Held<S> = { readonly state: S; readonly revision: number };

/**
 * Small reference data (partners, policies) kept folded in memory by a subscription: read without waiting, at most
 * milliseconds behind the log; a subscription that has gone silent is opened again. What must be exact asks `reload`.
 */
export class Reference<C, E extends Event, S> {
  private readonly vendors = new Map<string, Map<string, Held<S>>>();
  private readonly stopping = new AbortController();
  private position: string | undefined;
  private waiting: { readonly position: string; readonly resolve: () => void }[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly category: Category,
    private readonly decider: Decider<C, E, S>,
    private readonly silentMs?: number,
  ) {}

  /** Resolves once it has read what the log held; rejects where that can't be folded. Waits for the log as long as it takes. */
  start(): Promise<void> {
    return new Promise((ready, fail) => {
      this.running ??= this.follow(ready, fail);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  get(vendor: string, id: string): S {
    return this.vendors.get(vendor)?.get(id)?.state ?? this.decider.initial;
  }

  /** The stream's own present state, remembered too. */
  async reload(vendor: string, id: string): Promise<S> {
    const { state, revision } = await load(this.store, this.decider, `${this.category}-${vendor}.${id}`);
    if (revision >= 0) this.keep(vendor, id, { state, revision });
    return state;
  }

  /** Resolves once everything up to `position`, one of this category's own, is folded in; after 2 s all the same. */
  seen(position: string): Promise<void> {
    if (this.has(position)) return Promise.resolve();
    return Promise.race([
      new Promise<void>((resolve) => this.waiting.push({ position, resolve })),
      pause(2_000, undefined, { ref: false }),
    ]);
  }

  private async follow(ready: () => void, fail: (fault: unknown) => void): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 2_000)) {
      try {
        const subscription = { after: this.position, signal, only: [this.category] };
        for await (const delivery of watched(this.store, subscription, this.silentMs)) {
          wait = 100;
          if (delivery.kind === 'live') ready();
          if (delivery.kind === 'checkpoint') this.reached(delivery.position);
          if (delivery.kind !== 'event') continue;
          const { stream, revision, position } = delivery.event;
          const held = this.vendors.get(stream.vendor)?.get(stream.id);
          if (revision > (held?.revision ?? -1)) {
            const state = fold(this.decider, [delivery.event as unknown as E], held?.state);
            this.keep(stream.vendor, stream.id, { state, revision });
          }
          this.reached(position);
        }
      } catch (fault) {
        // the log is away or dropped a slow reader: on from the last position; readers meanwhile see what was
        if (!(fault instanceof LogUnavailable)) {
          process.emitWarning(`${this.category} reference data stands still: ${String(fault)}`);
          fail(fault);
        }
      }
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  private keep(vendor: string, id: string, held: Held<S>): void {
    const ofVendor = this.vendors.get(vendor) ?? new Map<string, Held<S>>();
    this.vendors.set(vendor, ofVendor);
    if (held.revision >= (ofVendor.get(id)?.revision ?? -1)) ofVendor.set(id, held);
  }

  private has = (position: string): boolean => this.position !== undefined && !isAfter(position, this.position);

  private reached(position: string): void {
    this.position = position;
    if (this.waiting.length === 0) return;
    for (const waiter of this.waiting) if (this.has(waiter.position)) waiter.resolve();
    this.waiting = this.waiting.filter((waiter) => !this.has(waiter.position));
  }
}
