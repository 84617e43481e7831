import { Injectable } from '@nestjs/common';
import { refuse } from '../kernel/decider.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { EventStore, type Recorded } from '../platform/event-store/event-store.js';
import { load } from '../platform/event-store/transact.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { PolicyBook } from '../policy/policy-book.js';
import { type KnownCase, managersDetail, partnersDetail, type Side, sideOf } from './conflict-detail.js';
import { managersHistory, partnersHistory } from './conflict-history.js';
import { conflictCase } from './conflict.decider.js';
import type { ConflictEvent } from './conflict.events.js';
import { caseStream } from './conflict.handler.js';
import { readClaimants } from './reading-claims.js';

/** A case as its stream has it, each to whom it may be shown: a partner that never had a claim in it finds none, 404. */
@Injectable()
export class CaseReader {
  constructor(
    private readonly store: EventStore,
    private readonly policies: PolicyBook,
    private readonly partners: PartnerDirectory,
  ) {}

  async detail(id: string, principal: Principal) {
    const { state, side, revision, position } = await this.known(id, principal);
    const seen = { id, revision, position, role: principal.role };
    if (side) return partnersDetail(state, side, seen);
    const { store, partners } = this;
    const rules = await this.policies.version(principal.vendor, state.policyVersion);
    const claims = await readClaimants({ store, partners }, principal.vendor, state.claimants, rules);
    return managersDetail(state, ({ claimId }) => claims.get(claimId)?.state.status ?? null, seen);
  }

  async history(id: string, principal: Principal) {
    await this.known(id, principal);
    const events: Recorded<ConflictEvent>[] = [];
    for await (const event of this.store.read(caseStream(principal.vendor, id)))
      events.push(event as Recorded as Recorded<ConflictEvent>);
    return isPartner(principal) ? partnersHistory(id, events, principal.partnerId ?? '') : managersHistory(events);
  }

  /** The claims that the asker has in the case now: the vendor's people have none. */
  async ownClaims(id: string, principal: Principal): Promise<readonly string[]> {
    const { side } = await this.known(id, principal);
    return side && !side.left ? side.claims : [];
  }

  private async known(id: string, principal: Principal) {
    const { state, revision, position } = await load(this.store, conflictCase, caseStream(principal.vendor, id));
    const known: KnownCase | null = state.status === 'unknown' ? null : state;
    const side: Side | null = known && isPartner(principal) ? sideOf(known, principal.partnerId) : null;
    if (!known || (isPartner(principal) && !side)) return refuse('conflict.unknown', {}, 'unknown');
    return { state: known, side, revision, position };
  }
}
