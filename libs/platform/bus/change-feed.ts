import { type EventStore, LogUnavailable, type Recorded } from '../event-store/event-store.js';
import { isPartner, type Principal } from '../http/principal.js';
import { HttpProblem } from '../http/problem.js';
import { type Messages, type PublicMessage, toldBy } from './messages.js';

/** A public message with where it stands in the log. */
export type Told = {
  readonly position: string;
  /** The event's: `ce_id` of the message on a topic. */
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly subject: string;
  readonly data: PublicMessage['data'];
};

export type FeedPage = {
  readonly items: readonly Told[];
  /** Where to go on: everything up to here was considered. */
  readonly after: string;
  /** The same, where the log may hold more by now; null at its end. */
  readonly nextCursor: string | null;
};

/** Events that one request looks at, at most: most of them may be somebody else's. */
const considered = 5_000;

/** What `principal` may see of the log strictly behind `after`, in its order. */
export const readFeed = async (
  store: EventStore,
  slices: readonly Messages[],
  principal: Principal,
  { after = '0', limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<FeedPage> => {
  const items: Told[] = [];
  let reached = after;
  let seen = 0;
  for await (const event of behind(store, after)) {
    const message = visibleTo(principal, event, slices);
    if (message) items.push(toldOf(event, message));
    reached = event.position;
    seen += 1;
    if (items.length === limit) break;
  }
  const more = seen === considered || items.length === limit;
  return { items, after: reached, nextCursor: more ? reached : null };
};

/** A node refuses to read from the middle of a record: 400, since who asks made that position up. */
async function* behind(store: EventStore, after: string): AsyncGenerator<Recorded> {
  let begun = false;
  try {
    for await (const event of store.readAll({ after: after === '0' ? undefined : after, limit: considered })) {
      begun = true;
      yield event;
    }
  } catch (error) {
    if (begun || after === '0' || error instanceof LogUnavailable) throw error;
    const fault = { pointer: '/query/after', code: 'field.position', detail: 'must be a position that the log has' };
    throw new HttpProblem(400, 'request.invalid', { errors: [fault], cause: error });
  }
}

const visibleTo = (principal: Principal, event: Recorded, slices: readonly Messages[]): PublicMessage | undefined => {
  if (event.stream.vendor !== principal.vendor) return undefined;
  const slice = slices.find(({ of }) => Object.hasOwn(of, event.type));
  const message = slice && toldBy(slice, event);
  if (!message || !isPartner(principal)) return message;
  return principal.partnerId !== undefined && message.partnerIds.includes(principal.partnerId) ? message : undefined;
};

const toldOf = (event: Recorded, { type, subject, data }: PublicMessage): Told => ({
  position: event.position,
  id: event.id,
  time: event.at,
  type,
  subject,
  data,
});
