// Stored for ever: add, never change.
import type { Event, Instant } from '../kernel/decider.js';

/** Stream `exclusivity-<vendor>.<customerKey>.<family>`. */
export type ExclusivityEvent =
  | Event<
      'ExclusivityTaken',
      {
        readonly grantId: string;
        readonly registrationId: string;
        readonly partnerId: string;
        readonly customerKey: string;
        readonly family: string;
        readonly from: Instant;
        readonly to: Instant;
      }
    >
  | Event<
      'ExclusivityReleased',
      {
        readonly grantId: string;
        readonly registrationId: string;
        readonly customerKey: string;
        readonly family: string;
      }
    >;
