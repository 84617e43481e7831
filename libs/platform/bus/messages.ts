import type { Event } from '../../kernel/decider.js';
import type { Recorded } from '../event-store/event-store.js';

/** What the outside may know of an event, versioned apart from it. `type` as in `registration.submitted.v1`; `partnerId`: the one partner who may see it too. */
export type PublicMessage = {
  readonly type: string;
  /** The id of the thing; key of the topic. */
  readonly subject: string;
  readonly partnerIds: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
};

/** A slice's public messages; an event that is left out stays inside. */
export type Messages<E extends Event = Event> = {
  /** The slice: the topic is `<prefix>.<slice>.v1`. */
  readonly slice: string;
  readonly of: { readonly [T in E['type']]?: (event: Recorded<Extract<E, { type: T }>>) => PublicMessage };
};
