import type { Event, Instant } from '../../kernel/decider.js';

/** The categories whose streams are ours: `category-<vendor>.<id>`. */
export const categories = [
  'registration',
  'conflict',
  'exclusivity',
  'customer',
  'partner',
  'policy',
  'direct',
  'lead',
] as const;
export type Category = (typeof categories)[number];
export type StreamName = `${Category}-${string}.${string}`;
export type Stream = { readonly category: Category; readonly vendor: string; readonly id: string };

/** `vendor` has no dot; the id may have. */
export const parseStream = (name: string): Stream | undefined => {
  const dash = name.indexOf('-');
  const category = categories.find((known) => known === name.slice(0, dash));
  if (category === undefined) return undefined;
  // a vendor may itself hold dashes, never a dot
  const dot = name.indexOf('.', dash);
  return dot < 0 ? undefined : { category, vendor: name.slice(dash + 1, dot), id: name.slice(dot + 1) };
};

export type Metadata = {
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly commandId: string;
  /** The `now` that was decided with. */
  readonly at: Instant;
  readonly actor: string;
  readonly vendor: string;
  readonly policyVersion?: string;
  readonly traceparent?: string;
  readonly schema: 1;
};

export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Metadata;
};

/** An event as the log holds it. `position` is its commit position in $all, a decimal string, comparable with {@link isAfter}. */
export type Recorded<E extends Event = Event> = E & {
  readonly id: string;
  readonly stream: Stream;
  readonly revision: number;
  readonly position: string;
  readonly at: Instant;
  readonly actor: string;
  readonly metadata: Metadata;
};

/** What a subscription yields: an event, or the news that everything up to `position` was seen; `live` once it has caught up. */
export type Delivery =
  | { readonly kind: 'event'; readonly event: Recorded }
  | { readonly kind: 'checkpoint'; readonly position: string }
  | { readonly kind: 'live' };

export type Appended = { readonly revision: number; readonly position: string };
export type ExpectedRevision = number | 'no-stream';

/** Position `a` lies behind `b` in the log. */
export const isAfter = (a: string, b: string): boolean => (a.length === b.length ? a > b : a.length > b.length);

/** Another writer was first; `actual` is the stream's last revision, undefined where it has none. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly actual: number | undefined,
  ) {
    super(`stream ${stream} is at revision ${actual ?? 'none'}`);
  }
}
/** Nobody knows whether the append took effect: the same events at the same revision again will tell. */
export class UnknownOutcome extends Error {}
/** The log can't be reached now. */
export class LogUnavailable extends Error {}

/** The port to the log; `eventstoredb.ts` is its one adapter. Abstract class so that Nest can inject it. */
export abstract class EventStore {
  /** All events or none, at exactly `expected`. A repeat of the same ids at the same revision answers the first outcome. */
  abstract append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /** The stream from its beginning, or from `fromRevision`; nothing where it doesn't exist. */
  abstract read(stream: StreamName, fromRevision?: number): AsyncIterable<Recorded>;
  /** Our events of the whole log behind `after`, in commit order, to its present end. */
  abstract readAll(options?: { readonly after?: string | undefined; readonly limit?: number }): AsyncIterable<Recorded>;
  /** Catch-up subscription on our categories, or on those named, strictly behind `after`; ends by throwing, or silently once `signal` aborts. */
  abstract subscribe(options: {
    readonly after?: string | undefined;
    readonly signal: AbortSignal;
    readonly only?: readonly Category[];
  }): AsyncIterable<Delivery>;
  /** Who this log is: LogOpened{logId} of the stream `tiebreak`, written by the first that asks. */
  abstract logId(): Promise<string>;
  /** Position of the newest event of the log, of any stream; '0' for an empty one. */
  abstract head(): Promise<string>;
  abstract close(): Promise<void>;
}
