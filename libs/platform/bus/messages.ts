import type { Event } from '../../kernel/decider.js';
import type { Recorded } from '../event-store/event-store.js';

/** What the outside may know of an event, versioned apart from it. `type` as in `registration.submitted.v1`. */
export type PublicMessage = {
  readonly type: string;
  /** The id of the thing; key of the topic. */
  readonly subject: string;
  /** The partners who may see it too, all of it; the vendor sees its own always. */
  readonly partnerIds: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
};

// a method, so that the messages of one slice's events fit into a list of messages of any events
type Tell<E extends Event> = { tell(event: Recorded<E>): PublicMessage }['tell'];

/** A slice's public messages; an event that is left out stays inside. */
export type Messages<E extends Event = Event> = {
  /** The slice: the topic is `<prefix>.<slice>.v1`. */
  readonly slice: string;
  readonly of: { readonly [T in E['type']]?: Tell<Extract<E, { type: T }>> };
};

/** What `messages` tell of an event; undefined where it stays inside. */
export const toldBy = (messages: Messages, event: Recorded): PublicMessage | undefined =>
  Object.hasOwn(messages.of, event.type) ? messages.of[event.type]?.(event) : undefined;
