import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, v5 } from 'uuid';
import type { Decider, Event, Instant } from '../../kernel/decider.js';
import {
  type Appended,
  type EventStore,
  type ExpectedRevision,
  LogUnavailable,
  type NewEvent,
  type StreamName,
  UnknownOutcome,
  WrongExpectedRevision,
} from './event-store.js';

/** Who asks, when and why. One caller is one command: its id makes the ids of the events, so that a repeat is recognised. */
export type Caller = {
  readonly vendor: string;
  readonly actor: string;
  readonly commandId: string;
  readonly now: Instant;
  readonly correlationId: string;
  readonly causationId: string;
  readonly policyVersion?: string;
  readonly traceparent?: string;
  /** Its id came from outside, so that the stream may hold its outcome already. */
  readonly mayRepeat?: boolean;
  /** If-Match: the revision that the caller has seen. */
  readonly expectedRevision?: number;
};

/** What a command left behind. `events` is empty where it had nothing new to say. */
export type Written<S = unknown, E extends Event = Event> = {
  readonly revision: number;
  readonly position: string;
  readonly events: readonly E[];
  readonly state: S;
};

/** The caller has seen another revision than the stream's present one. */
export class StaleRevision extends Error {
  constructor(readonly current: number) {
    super(`the revision is ${current}`);
  }
}
/** Others kept winning the race for the stream. */
export class Contended extends Error {}

const namespace = parse('6d1c2cf0-6f0b-5a50-9a5b-1f3d5a3b0c11');
/** An id that follows from the parts: the same parts, the same id. */
export const derivedId = (...parts: readonly (string | number)[]): string =>
  v5(Buffer.from(parts.join('\n')), namespace);

const races = 30;
const patienceMs = 30_000;

/**
 * Read, fold, decide, append. The guarantees it keeps:
 * 1. The events of a command are appended all or none, at exactly the revision they were decided on; a lost race decides again.
 * 2. A command acts once: its events' ids follow from its id, and a stream that already holds the first one answers the
 *    recorded outcome, whoever appended since.
 * 3. A reply that never came is asked for with the same events at the same revision, until it is known or 30 s have passed.
 * 4. Time never runs backwards in a stream: `now` is the later of the caller's and the last event's.
 *
 * `fresh` spares the read where the stream is most likely new, `past` where the caller has just read it, or `assumed` it; a
 * wrong guess costs one attempt and changes no outcome.
 */
export const transact = async <C, E extends Event, S>(
  store: EventStore,
  decider: Decider<C, E, S>,
  stream: StreamName,
  command: C,
  caller: Caller,
  { fresh = false, past: known, assumed = false }: Known<E, S> = {},
): Promise<Written<S, E>> => {
  let guess = known !== undefined || fresh;
  const mayRepeat = assumed || caller.mayRepeat === true;
  for (let race = 0; race < races; race++) {
    const past = guess ? (known ?? unread(decider)) : await load(store, decider, stream, caller.commandId);
    if (past.recorded) return past.recorded;
    const { revision, state } = past;
    if (caller.expectedRevision !== undefined && caller.expectedRevision !== revision) {
      if (!guess) throw new StaleRevision(revision);
      guess = false;
      continue;
    }
    const now = past.at > caller.now ? past.at : caller.now;
    let events: readonly E[];
    try {
      events = decider.decide(command, state, now);
    } catch (refusal) {
      if (!guess) throw refusal;
      guess = false;
      continue;
    }
    if (events.length === 0) {
      if (!guess) return { revision, position: past.position, events, state };
      guess = false;
      continue;
    }
    try {
      const appended = await appendSurely(
        store,
        stream,
        revision < 0 ? 'no-stream' : revision,
        stamped(events, caller, now, guess && mayRepeat),
      );
      return { ...appended, events, state: events.reduce(decider.evolve, state) };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      guess = false;
      if (race > 2) await pause(Math.random() * 5 * race);
    }
  }
  throw new Contended(`${stream}: ${races} races lost`);
};

/**
 * What the caller knows of the stream: that it is `fresh`, or its `past` as `load` gave it for this very command, or as it
 * was right before it where it is `assumed` that nothing, not even this command, came since.
 */
export type Known<E extends Event, S> = {
  readonly fresh?: boolean;
  readonly past?: Past<E, S> | undefined;
  readonly assumed?: boolean;
};

export type Past<E extends Event, S> = {
  readonly state: S;
  readonly revision: number;
  readonly position: string;
  readonly at: Instant;
  readonly recorded?: Written<S, E>;
};

const unread = <E extends Event, S>(decider: Decider<never, E, S>): Past<E, S> => ({
  state: decider.initial,
  revision: -1,
  position: '0',
  at: '',
});

/**
 * The stream folded; `recorded` where it holds events of `commandId`: the outcome as it was right after them. A connection
 * that broke under the read is no reason to fail: it is read again, twice.
 */
export const load = async <C, E extends Event, S>(
  store: EventStore,
  decider: Decider<C, E, S>,
  stream: StreamName,
  commandId?: string,
): Promise<Past<E, S>> => {
  for (let left = 2; ; left--) {
    try {
      return await loadOnce(store, decider, stream, commandId);
    } catch (fault) {
      if (!(fault instanceof LogUnavailable) || left === 0) throw fault;
      await pause(20 + Math.random() * 40);
    }
  }
};

const loadOnce = async <C, E extends Event, S>(
  store: EventStore,
  decider: Decider<C, E, S>,
  stream: StreamName,
  commandId?: string,
): Promise<Past<E, S>> => {
  let past = unread(decider);
  let recorded: Written<S, E> | undefined;
  for await (const event of store.read(stream)) {
    const state = decider.evolve(past.state, event as unknown as E);
    past = { state, revision: event.revision, position: event.position, at: event.at > past.at ? event.at : past.at };
    if (event.metadata.commandId !== commandId) continue;
    recorded = {
      state,
      revision: event.revision,
      position: event.position,
      events: [...(recorded?.events ?? []), { type: event.type, data: event.data } as unknown as E],
    };
  }
  return recorded ? { ...past, recorded } : past;
};

const digestOf = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('base64');

const stamped = (events: readonly Event[], caller: Caller, at: Instant, guessed: boolean): NewEvent[] =>
  events.map(({ type, data }, index) => ({
    // the store takes a known id at its old revision for a repeat, whatever it says: another outcome must not look like one
    id: guessed ? derivedId(caller.commandId, index, digestOf(data)) : derivedId(caller.commandId, index),
    type,
    data,
    metadata: {
      $correlationId: caller.correlationId,
      $causationId: caller.causationId,
      commandId: caller.commandId,
      at,
      actor: caller.actor,
      vendor: caller.vendor,
      ...(caller.policyVersion && { policyVersion: caller.policyVersion }),
      ...(caller.traceparent && { traceparent: caller.traceparent }),
      schema: 1,
    },
  }));

const appendSurely = async (
  store: EventStore,
  stream: StreamName,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<Appended> => {
  const until = Date.now() + patienceMs;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      const transient = error instanceof UnknownOutcome || error instanceof LogUnavailable;
      if (!transient || Date.now() + wait > until) throw error;
      await pause(wait);
    }
  }
};
