import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventStore } from '../platform/event-store/event-store.js';
import { Reference } from '../platform/event-store/reference.js';
import { partner, type Partner } from './partner.decider.js';

/** Who the partners are, from memory; a partner that may not act is looked up in its stream, lest memory lag. */
@Injectable()
export class PartnerDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly partners;

  constructor(store: EventStore) {
    this.partners = new Reference(store, 'partner', partner);
  }

  onModuleInit = (): Promise<void> => this.partners.start();
  onModuleDestroy = (): Promise<void> => this.partners.stop();

  /** `{status: 'unknown'}` where there is no such partner. */
  async get(vendor: string, id: string): Promise<Partner> {
    const known = this.partners.get(vendor, id);
    return known.status === 'active' ? known : this.partners.reload(vendor, id);
  }

  /** Resolves once memory holds everything up to `position`. */
  seen = (position: string): Promise<void> => this.partners.seen(position);
}
