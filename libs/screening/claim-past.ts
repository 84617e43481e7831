import { type DirectClaim, directClaim } from '../direct-claims/direct-claim.decider.js';
import type { DirectClaimEvent } from '../direct-claims/direct-claim.events.js';
import { causedBy } from '../platform/event-store/caused-by.js';
import { type Caller, load, type Past } from '../platform/event-store/transact.js';
import { registrationFold } from '../registrations/registration.decider.js';
import type { RegistrationEvent } from '../registrations/registration.events.js';
import { registrationStream } from '../registrations/registration.handler.js';
import type { Registration } from '../registrations/registration.state.js';
import { bringsClaim } from './previewing.js';
import type { Screened, ScreeningParts } from './recording-screening.js';
import type { Claim } from './screening.js';

/** A claim's stream, folded, as it stood for the command of a screening; `assumed` where it was not read. */
export type ClaimPast =
  | { readonly kind: 'registration'; readonly past: Past<RegistrationEvent, Registration>; readonly assumed?: true }
  | { readonly kind: 'direct'; readonly past: Past<DirectClaimEvent, DirectClaim>; readonly assumed?: false };

/** Whether the last claim that was asked held its outcome already: then the next ones are likely to, and are read first. */
export type Pasts = { repeat: boolean };

export const screeningCaller = ({ clock }: ScreeningParts, cause: Screened, claimId: string): Caller =>
  causedBy(cause, 'screening', `${claimId} screening`, clock.now());

export const readPast = async (
  { store }: ScreeningParts,
  { vendor, commandId }: Caller,
  kind: Claim['kind'],
  claimId: string,
): Promise<ClaimPast> =>
  kind === 'direct'
    ? { kind, past: await load(store, directClaim, `direct-${vendor}.${claimId}`, commandId) }
    : { kind, past: await load(store, registrationFold, registrationStream(vendor, claimId), commandId) };

/** As the first submission left it. */
const assumePast = (event: Screened): ClaimPast | undefined => {
  if (event.type !== 'RegistrationSubmitted' || event.revision > 0) return undefined;
  const { revision, position, at } = event;
  const state = registrationFold.evolve(registrationFold.initial, event);
  return { kind: 'registration', past: { state, revision, position, at }, assumed: true };
};

/** How many streams are read before their turn. */
const ahead = 32;

/**
 * Each claim's stream: assumed where that is likely right, else read while those before it are screened; so are those that
 * will likely write to other streams, too.
 */
export const readAhead = (
  parts: ScreeningParts,
  pasts: Pasts,
  events: readonly Screened[],
  writesElsewhere: (event: Screened) => boolean,
) => {
  const due = events.filter(bringsClaim);
  const reads = new Map<string, Promise<ClaimPast>>();
  const isRead = (event: Screened): boolean =>
    pasts.repeat || assumePast(event) === undefined || writesElsewhere(event);
  const read = (event: Screened): Promise<ClaimPast> => {
    const { id, stream } = event;
    const kind = stream.category === 'direct' ? 'direct' : 'registration';
    const begun = reads.get(id) ?? readPast(parts, screeningCaller(parts, event, stream.id), kind, stream.id);
    // whoever takes it hears of a fault
    begun.catch(() => undefined);
    reads.set(id, begun);
    return begun;
  };
  return async (event: Screened): Promise<ClaimPast> => {
    for (const next of due.slice(0, ahead)) if (isRead(next)) void read(next);
    due.shift();
    return (isRead(event) || reads.has(event.id) ? undefined : assumePast(event)) ?? read(event);
  };
};
