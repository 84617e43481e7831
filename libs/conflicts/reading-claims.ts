import { directClaim } from '../direct-claims/direct-claim.decider.js';
import type { PartnerDirectory } from '../partners/partner-directory.js';
import type { EventStore, Recorded } from '../platform/event-store/event-store.js';
import { load } from '../platform/event-store/transact.js';
import type { PolicyRules } from '../policy/policy.events.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { evolve, isClaim, type Registration, unknown } from '../registrations/registration.state.js';
import { type Attached, completionOf, type ReadClaim } from './claims-of-a-case.js';
import type { Claimant } from './conflict.events.js';

export type Sources = {
  readonly store: EventStore;
  readonly partners: PartnerDirectory;
};

const readRegistration = async (
  { store, partners }: Sources,
  vendor: string,
  id: string,
  rules: PolicyRules,
): Promise<ReadClaim | null> => {
  const events: Recorded<RegistrationEvent>[] = [];
  for await (const event of store.read(`registration-${vendor}.${id}`))
    events.push(event as Recorded as Recorded<RegistrationEvent>);
  const state = events.reduce<Registration>(evolve, unknown);
  const completion = completionOf(events, rules);
  if (!isClaim(state) || !completion) return null;
  const partner = await partners.get(vendor, state.partnerId);
  return { kind: 'registration', state, completion, attached: attachedOf(events), partner };
};

/** With the moment at which each came: the claim's state doesn't keep it. */
const attachedOf = (events: readonly Recorded<RegistrationEvent>[]): readonly Attached[] =>
  events.flatMap(({ type, data, at }) => (type === 'EvidenceAttached' ? [{ ...data, attachedAt: at }] : []));

const readDirect = async ({ store }: Sources, vendor: string, id: string): Promise<ReadClaim | null> => {
  const { state } = await load(store, directClaim, `direct-${vendor}.${id}`);
  return state.status === 'unknown' ? null : { kind: 'direct', state };
};

/** A claim of either kind, from its stream; null where there is none, or only a draft. */
export const readClaim = async (
  sources: Sources,
  vendor: string,
  claimId: string,
  rules: PolicyRules,
): Promise<ReadClaim | null> =>
  (await readRegistration(sources, vendor, claimId, rules)) ?? (await readDirect(sources, vendor, claimId));

/** All claimants of a case by their ids. */
export const readClaimants = async (
  sources: Sources,
  vendor: string,
  claimants: readonly Claimant[],
  rules: PolicyRules,
): Promise<ReadonlyMap<string, ReadClaim>> => {
  const read = await Promise.all(
    claimants.map(async ({ claimId, kind }) => {
      const claim =
        kind === 'direct'
          ? await readDirect(sources, vendor, claimId)
          : await readRegistration(sources, vendor, claimId, rules);
      return claim ? ([[claimId, claim]] as const) : [];
    }),
  );
  return new Map(read.flat());
};
