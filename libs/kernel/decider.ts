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

/** A command that the rules refuse. `code` is `slice.reason`; texts are chosen by it, `params` fill them. */
export class DomainError extends Error {
  constructor(
    readonly code: `${string}.${string}`,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

/** Refuses: throws a {@link DomainError}. */
export const refuse = (code: DomainError['code'], params?: DomainError['params']): never => {
  throw new DomainError(code, params);
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
