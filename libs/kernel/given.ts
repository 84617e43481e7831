import { expect } from '@jest/globals';
import { type Decider, type DomainError, type Event, fold, type Instant } from './decider.js';

/** given(decider, ...past).when(command, now).then(...events) or .refused(code) */
export const given = <C, E extends Event, S>(decider: Decider<C, E, S>, ...past: readonly NoInfer<E>[]) => ({
  when: (command: C, now: Instant = '2026-01-15T09:00:00.000Z') => {
    const run = () => decider.decide(command, fold(decider, past), now);
    return {
      then: (...events: readonly NoInfer<E>[]) => expect(run()).toEqual(events),
      refused: (code: DomainError['code']) => expect(run).toThrow(expect.objectContaining({ code })),
    };
  },
});
