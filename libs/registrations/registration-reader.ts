import { Injectable } from '@nestjs/common';
import { refuse } from '../kernel/decider.js';
import { EventStore, isAfter, type Recorded } from '../platform/event-store/event-store.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import type { RegistrationEvent } from './registration.events.js';
import { registrationStream } from './registration.handler.js';
import { evolve, type Registration, unknown } from './registration.state.js';
import { shownEvent } from './registration.whitelist.js';
import { allowedActionsOf, type Known, shownState } from './shown-registration.js';

type Moment = { readonly state: Registration; readonly revision: number; readonly position: string };

/** A registration as one may read it, folded from its stream: always as fresh as the log. */
@Injectable()
export class RegistrationReader {
  constructor(private readonly store: EventStore) {}

  /** @param asOf a moment (ISO 8601) or a log position: the state as it was then, in which nothing can be done */
  async detail(id: string, principal: Principal, asOf?: string) {
    let moment: Moment = { state: unknown, revision: -1, position: '0' };
    for await (const event of this.store.read(registrationStream(principal.vendor, id))) {
      if (asOf !== undefined && isLater(event, asOf)) break;
      moment = after(moment, event as Recorded<RegistrationEvent>);
    }
    return asOf === undefined ? detailOf(id, moment, principal) : pastOf(id, moment, principal);
  }

  /** What happened, with the state after each. */
  async history(id: string, principal: Principal) {
    const steps: Record<string, unknown>[] = [];
    let moment: Moment = { state: unknown, revision: -1, position: '0' };
    for await (const recorded of this.store.read(registrationStream(principal.vendor, id))) {
      const event = recorded as Recorded<RegistrationEvent>;
      moment = after(moment, event);
      const shown = shownEvent(event, principal);
      if (shown) steps.push({ ...shown, state: shownState(id, knownTo(moment, principal), principal) });
    }
    knownTo(moment, principal);
    return steps;
  }

  /** Refuses what `principal` may not know of, in the words for what doesn't exist. */
  async refuseForeign(id: string, principal: Principal): Promise<void> {
    for await (const event of this.store.read(registrationStream(principal.vendor, id))) {
      knownTo(after({ state: unknown, revision: -1, position: '0' }, event as Recorded<RegistrationEvent>), principal);
      return;
    }
    refuse('registration.unknown', {}, 'unknown');
  }
}

const after = ({ state }: Moment, event: Recorded<RegistrationEvent>): Moment => ({
  state: evolve(state, event),
  revision: event.revision,
  position: event.position,
});

const isLater = ({ at, position }: Recorded, asOf: string): boolean =>
  /^\d+$/.test(asOf) ? isAfter(position, asOf) : Date.parse(at) > Date.parse(asOf);

/** One path for what is another partner's and for what there is not. */
const knownTo = ({ state }: Moment, principal: Principal): Known => {
  if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
  return isPartner(principal) && state.partnerId !== principal.partnerId
    ? refuse('registration.unknown', {}, 'unknown')
    : state;
};

const pastOf = (id: string, moment: Moment, principal: Principal) => shown(id, moment, principal, () => []);

/** The present state, and what `principal` may do. */
export const detailOf = (id: string, moment: Moment, principal: Principal) =>
  shown(id, moment, principal, allowedActionsOf);

const shown = (id: string, moment: Moment, principal: Principal, actionsOf: typeof allowedActionsOf) => {
  const { revision, position } = moment;
  const state = knownTo(moment, principal);
  // assigned, as there: a copy of that many properties takes longer than all that it says
  return Object.assign(shownState(id, state, principal), {
    revision,
    position,
    allowedActions: actionsOf(state, principal),
  });
};
