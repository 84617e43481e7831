import type { CommandBus } from '@nestjs/cqrs';
import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../kernel/decider.js';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { EventStore, Recorded } from '../platform/event-store/event-store.js';
import { derivedId, load } from '../platform/event-store/transact.js';
import type { Processor, Sweep } from '../platform/processors/processor.js';
import { giveBack } from '../registrations/approving.js';
import { registrationFold } from '../registrations/registration.decider.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { registrationStream } from '../registrations/registration.handler.js';
import { heldFamilies, isClaim } from '../registrations/registration.state.js';
import {
  abandonedGrants,
  approvedGrants,
  type ExclusivityGrant,
  forgetGrant,
  grantsMovingTo,
  grantsOf,
  markApproved,
  rememberGrant,
  rememberMove,
  strandedGrants,
} from './exclusivity-grant.js';
import { exclusivity } from './exclusivity.decider.js';
import type { ExclusivityEvent } from './exclusivity.events.js';
import { exclusivityStream, ExecuteExclusivity } from './exclusivity.handler.js';

const name = 'releasing-exclusivity';
const patienceSeconds = 30;

type Concern = Recorded<ExclusivityEvent> | Recorded<RegistrationEvent>;
/** `family` null = all that the registration holds. */
export type Ending = { readonly registrationId: string; readonly family: string | null };

/** What an event lets go of; undefined for one that ends nothing. */
export const endingBy = (event: Recorded): Ending | undefined => {
  const { type, data, stream } = event as Concern;
  switch (type) {
    case 'FamilyLost':
      return { registrationId: stream.id, family: data.family };
    case 'ProtectionExpired':
    case 'ProtectionRevoked':
    case 'RegistrationRejected':
    case 'RegistrationWithdrawn':
    case 'DealWon':
    case 'DealLost':
      return { registrationId: stream.id, family: null };
    default:
      return undefined;
  }
};

const kept = new Set<string>(['ExclusivityTaken', 'ExclusivityReleased', 'RegistrationApproved', 'CustomerResolved']);

const keep = async (tx: EntityManager, event: Recorded): Promise<void> => {
  const { type, data, stream } = event as Concern;
  if (type === 'ExclusivityTaken') await rememberGrant(tx, stream.vendor, data);
  if (type === 'ExclusivityReleased') await forgetGrant(tx, stream.vendor, data);
  if (type === 'RegistrationApproved') {
    const grantIds = data.grants.map(({ grantId }) => grantId);
    await markApproved(tx, stream.vendor, grantIds);
  }
};

/** The grants that may be elsewhere than their claim is because of an event. */
const toFollow = async (tx: EntityManager, event: Recorded): Promise<readonly ExclusivityGrant[]> => {
  const { type, data, stream } = event as Concern;
  if (type === 'CustomerResolved') return strandedGrants(tx, stream.vendor, stream.id, data.customerKey);
  if (type === 'ExclusivityReleased') return grantsMovingTo(tx, stream.vendor, data);
  // what is taken after its approval has followed its claim, which may have gone on, or ended, before this was known
  if (type === 'ExclusivityTaken') return approvedGrants(tx, stream.vendor, data);
  return [];
};

/**
 * Every end of an approval, and of a claim that had begun one, releases what it held. What is held by a claim that turns
 * out to be another customer's follows it there: taken first, then released; where another holds the family, a case
 * decides between the two, and it follows when the family becomes free.
 */
export const releasingExclusivity = (bus: CommandBus, store: EventStore, clock: Clock): Processor => {
  const release = async (event: Recorded, { grantId, customerKey, family }: ExclusivityGrant): Promise<void> => {
    const caller = causedBy(event, name, `${grantId} ${customerKey} ${family} release`, clock.now());
    await bus.execute(
      new ExecuteExclusivity(`${customerKey}.${family}`, { type: 'ReleaseExclusivity', grantId }, caller),
    );
  };
  /** To where the claim is by now, whatever the event knew of it: only the claim's own stream is never behind. */
  const follow = async (tx: EntityManager, event: Recorded, grant: ExclusivityGrant): Promise<void> => {
    const { vendor, grantId, customerKey, family, registrationId } = grant;
    const { state: claim } = await load(store, registrationFold, registrationStream(vendor, registrationId));
    if (!isClaim(claim) || claim.status !== 'approved' || !heldFamilies(claim).includes(family))
      return release(event, grant);
    const to = claim.customerKey ?? customerKey;
    if (to === customerKey) return;
    const { state } = await load(store, exclusivity, exclusivityStream(vendor, `${customerKey}.${family}`));
    if (state.status !== 'held' || state.grantId !== grantId) return;
    const { status: _, ...held } = state;
    const caller = causedBy(event, name, `${grantId} ${family} moves to ${to}`, clock.now());
    try {
      const take = { ...held, type: 'TakeExclusivity', customerKey: to } as const;
      await bus.execute(new ExecuteExclusivity(`${to}.${family}`, take, caller));
    } catch (refusal) {
      if (!(refusal instanceof DomainError) || refusal.code !== 'exclusivity.held') throw refusal;
      return rememberMove(tx, grant, to);
    }
    await release(event, grant);
  };
  return {
    name,
    role: 'reactors',
    concerns: (event) => kept.has(event.type) || endingBy(event) !== undefined,
    handle: async (batch, tx) => {
      for (const event of batch) {
        await keep(tx, event);
        for (const grant of await toFollow(tx, event)) await follow(tx, event, grant);
        const ending = endingBy(event);
        if (!ending) continue;
        for (const held of await grantsOf(tx, event.stream.vendor, ending.registrationId, ending.family))
          await release(event, held);
      }
    },
  };
};

/**
 * A grant whose approval never came, e.g. because the approver's process died between the two, is given back: first the
 * registration is told, so that a late approval that cites it loses its race, then the exclusivity. One that fails holds no
 * other up: all have had their turn before the run rejects with their faults.
 */
export const abandonedGrantsSweep = (bus: CommandBus, clock: Clock): Sweep => ({
  name: 'abandoned-grants',
  everyMs: 10_000,
  run: async (database: DataSource) => {
    const byGrant = new Map<string, ExclusivityGrant[]>();
    for (const grant of await abandonedGrants(database, patienceSeconds)) {
      const key = `${grant.vendor} ${grant.grantId}`;
      byGrant.set(key, [...(byGrant.get(key) ?? []), grant]);
    }
    const faults: Error[] = [];
    for (const grants of byGrant.values()) {
      const { vendor, grantId, registrationId } = grants[0]!;
      // what is taken again under the same grant has to be given back again
      const takenAt = Math.max(...grants.map((each) => each.takenAt.getTime()));
      const commandId = derivedId('abandoned-grants', vendor, grantId, takenAt);
      await giveBack({ bus }, registrationId, grantId, grants, {
        vendor,
        actor: 'system:abandoned-grants',
        commandId,
        now: clock.now(),
        correlationId: commandId,
        causationId: commandId,
      }).catch((cause: unknown) => faults.push(new Error(`${vendor} ${grantId}: ${String(cause)}`, { cause })));
    }
    if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join('; '));
  },
});
