/** A moment as ISO 8601 in UTC, e.g. `2026-01-15T09:00:00.000Z`. */
export type Instant = string;

/** A fact: plain JSON, past tense, stored for ever. */
export type Event<T extends string = string, D = unknown> = { readonly type: T; readonly data: D };

/** The whole of a stream's behaviour as three pure values: no clock, randomness or I/O. */
export type Decider<C, E extends Event, S> = {
  readonly initial: S;
  readonly evolve: (state: S, event: E) => S;
  /** `[]` = nothing new to say. Refuses with a DomainError. */
  readonly decide: (command: C, state: S, now: Instant) => readonly E[];
};

/** Why a command was refused: the state doesn't allow it (409), its meaning doesn't (422), there is no such thing (404), or not by this person (403). */
export type Refusal = 'state' | 'meaning' | 'unknown' | 'person';

/** A command that the rules refuse. `code` is `slice.reason`; texts are chosen by it, `params` fill them. */
export class DomainError extends Error {
  constructor(
    readonly code: `${string}.${string}`,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly refusal: Refusal = 'state',
  ) {
    super(code);
  }
}

/** Refuses: throws a {@link DomainError}. */
export const refuse = (code: DomainError['code'], params?: DomainError['params'], refusal?: Refusal): never => {
  throw new DomainError(code, params, refusal);
};

/** The state after `events`, from `state` or from the decider's initial one. */
export const fold = <E extends Event, S>(
  decider: Pick<Decider<never, E, S>, 'initial' | 'evolve'>,
  events: Iterable<E>,
  state: S = decider.initial,
): S => {
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
