import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Instant, refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { Reference } from '../platform/event-store/reference.js';
import { policy, policyInForce, type Programme, type PublishedPolicy } from './policy.decider.js';
import type { PolicyRules } from './policy.events.js';
import { programmeId } from './policy.handler.js';

/** The vendors' published policies from memory; the stream itself is asked only where memory has no answer. */
@Injectable()
export class PolicyBook implements OnModuleInit, OnModuleDestroy {
  private readonly programmes;

  constructor(store: EventStore) {
    this.programmes = new Reference(store, 'policy', policy);
  }

  onModuleInit = (): Promise<void> => this.programmes.start();
  onModuleDestroy = (): Promise<void> => this.programmes.stop();

  /** Refuses `policy.none-in-force` (409) where nothing is published for `at`. */
  async inForce(vendor: string, at: Instant): Promise<PublishedPolicy> {
    return (
      policyInForce(this.programmes.get(vendor, programmeId), at) ??
      policyInForce(await this.programmes.reload(vendor, programmeId), at) ??
      refuse('policy.none-in-force', { at })
    );
  }

  /** The rules of a published version. Refuses `policy.unknown` (404). */
  async version(vendor: string, version: string): Promise<PolicyRules> {
    const of = ({ published }: Programme) => published.find((each) => each.version === version)?.rules;
    return (
      of(this.programmes.get(vendor, programmeId)) ??
      of(await this.programmes.reload(vendor, programmeId)) ??
      refuse('policy.unknown', { version }, 'unknown')
    );
  }

  /** Resolves once memory holds everything up to `position`. */
  seen = (position: string): Promise<void> => this.programmes.seen(position);
}
