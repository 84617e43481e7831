import type { CommandBus } from '@nestjs/cqrs';
import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../platform/clock.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { derivedId } from '../platform/event-store/transact.js';
import type { Processor, Sweep } from '../platform/processors/processor.js';
import { giveBack } from '../registrations/approving.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import {
  abandonedGrants,
  type ExclusivityGrant,
  forgetGrant,
  grantsOf,
  markApproved,
  rememberGrant,
} from './exclusivity-grant.js';
import type { ExclusivityEvent } from './exclusivity.events.js';
import { ExecuteExclusivity } from './exclusivity.handler.js';

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

const kept = new Set<string>(['ExclusivityTaken', 'ExclusivityReleased', 'RegistrationApproved']);

const keep = async (tx: EntityManager, event: Recorded): Promise<void> => {
  const { type, data, stream } = event as Concern;
  if (type === 'ExclusivityTaken') await rememberGrant(tx, stream.vendor, data);
  if (type === 'ExclusivityReleased') await forgetGrant(tx, stream.vendor, data);
  if (type === 'RegistrationApproved') {
    const grantIds = data.grants.map(({ grantId }) => grantId);
    await markApproved(tx, stream.vendor, grantIds);
  }
};

/** Every end of an approval, and of a claim that had begun one, releases what it held. */
export const releasingExclusivity = (bus: CommandBus, clock: Clock): Processor => ({
  name,
  role: 'reactors',
  concerns: (event) => kept.has(event.type) || endingBy(event) !== undefined,
  handle: async (batch, tx) => {
    for (const event of batch) {
      await keep(tx, event);
      const ending = endingBy(event);
      if (!ending) continue;
      const { vendor } = event.stream;
      for (const held of await grantsOf(tx, vendor, ending.registrationId, ending.family)) {
        const { grantId, customerKey, family } = held;
        const caller = causedBy(event, name, `${grantId} ${customerKey} ${family} release`, clock.now());
        const release = { type: 'ReleaseExclusivity', grantId } as const;
        await bus.execute(new ExecuteExclusivity(`${customerKey}.${family}`, release, caller));
      }
    }
  },
});

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
