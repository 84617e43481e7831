import type { CommandBus } from '@nestjs/cqrs';
import { ExecuteExclusivity } from '../exclusivity/exclusivity.handler.js';
import { DomainError } from '../kernel/decider.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, derivedId, load, StaleRevision, type Written } from '../platform/event-store/transact.js';
import type { PolicyBook } from '../policy/policy-book.js';
import { protectionWindow } from './protection.js';
import { registrationFold } from './registration.decider.js';
import type { Grant, RegistrationEvent } from './registration.events.js';
import { ExecuteRegistration, registrationStream } from './registration.handler.js';
import { heldFamilies, isClaim, type Registration } from './registration.state.js';
import { refuseApproval } from './review.js';

type Rooms = { readonly store: EventStore; readonly bus: CommandBus; readonly policies: PolicyBook };

/**
 * Decides the step that is due. The last one takes the exclusivity of every family first, each on its own stream:
 * 1. Families in sorted order; one refused (409 `exclusivity.held`) gives those already taken back.
 * 2. The approval is appended at the revision that was read before the takes; whoever wrote meanwhile wins, and what was
 *    taken is given back: who approves looks at the claim as it is now, and tries again.
 * 3. Given back = first ApprovalAbandoned, after which nothing that cites the grant can be appended, then the releases.
 *    A crash on the way leaves that to the sweep.
 */
export const approve = async (
  rooms: Rooms,
  id: string,
  caller: Caller,
): Promise<Written<Registration, RegistrationEvent>> => {
  const { store, bus, policies } = rooms;
  const past = await load(store, registrationFold, registrationStream(caller.vendor, id), caller.commandId);
  if (past.recorded) return past.recorded;
  const { state, revision, position } = past;
  if (caller.expectedRevision !== undefined && caller.expectedRevision !== revision) throw new StaleRevision(revision);
  if (state.status === 'approved') return { revision, position, events: [], state };
  const now = past.at > caller.now ? past.at : caller.now;
  const policy = await receiptPolicy(policies, caller.vendor, state, now);
  const { claim, due } = refuseApproval(state, { actor: caller.actor, policy }, now);
  if (due.step < due.of) return bus.execute(new ExecuteRegistration(id, { type: 'ApproveStep' }, caller));
  const customerKey = claim.customerKey ?? '';
  const grantId = `${id}.${claim.attempt}`;
  const window = protectionWindow(claim, policy.rules, now);
  const grants: Grant[] = [];
  try {
    for (const family of heldFamilies(claim).toSorted()) {
      const grant: Grant = { family, grantId, customerKey };
      const take = { ...grant, ...window, registrationId: id, partnerId: claim.partnerId };
      await bus.execute(
        new ExecuteExclusivity(
          `${customerKey}.${family}`,
          { type: 'TakeExclusivity', ...take },
          followUp(caller, 'take', grantId, family),
          true,
        ),
      );
      grants.push(grant);
    }
    const approval = { ...caller, expectedRevision: revision };
    return await bus.execute(new ExecuteRegistration(id, { type: 'ApproveRegistration', grants }, approval));
  } catch (error) {
    // of any other failure nobody knows how far it came: the sweep looks at what it left
    if (!(error instanceof DomainError || error instanceof StaleRevision)) throw error;
    if (grants.length > 0) await giveBack(rooms, id, grantId, grants, caller);
    throw error;
  }
};

/** Abandons the grant, then releases it; unless it has become an approval after all, by another who cited it too. */
export const giveBack = async (
  { bus }: Pick<Rooms, 'bus'>,
  id: string,
  grantId: string,
  grants: readonly Pick<Grant, 'family' | 'customerKey'>[],
  caller: Caller,
): Promise<void> => {
  const abandoning = followUp(caller, 'abandon', grantId);
  const { state } = await bus.execute(new ExecuteRegistration(id, { type: 'AbandonApproval', grantId }, abandoning));
  if (isClaim(state) && state.grants.some((grant) => grant.grantId === grantId)) return;
  for (const { family, customerKey } of grants)
    await bus.execute(
      new ExecuteExclusivity(
        `${customerKey}.${family}`,
        { type: 'ReleaseExclusivity', grantId },
        followUp(caller, 'release', grantId, family),
      ),
    );
};

const followUp = (caller: Caller, ...key: string[]): Caller => {
  const { expectedRevision: _seen, ...asker } = caller;
  return { ...asker, commandId: derivedId(caller.commandId, ...key), causationId: caller.commandId };
};

const receiptPolicy = async (policies: PolicyBook, vendor: string, state: Registration, now: string) => {
  if (!isClaim(state)) return policies.inForce(vendor, now);
  const version = state.receipt.policyVersion;
  return { version, rules: await policies.version(vendor, version) };
};
