import type { WorkerRole } from '../libs/platform/config.js';
import type { Processor } from '../libs/platform/processors/processor.js';
import { publicMessages } from './public-messages.js';
import { views } from './schema.js';

type Named = Pick<Processor, 'name' | 'role'>;
const named = (role: Processor['role'], names: readonly string[]): Named[] => names.map((name) => ({ name, role }));

export const publisherName = (slice: string): string => `publisher-${slice}`;

/** What workers of these roles keep going: the roster by its names, for who only asks how they are. */
export const processorNames = (roles: readonly WorkerRole[]): readonly Named[] =>
  [
    ...named(
      'views',
      views.map(({ name }) => name),
    ),
    ...named('reactors', [
      'screening',
      'recording-identities',
      'absorbing-customers',
      'telling-claimants',
      'leaving-cases',
      'releasing-exclusivity',
    ]),
    ...named(
      'publishers',
      publicMessages.map(({ slice }) => publisherName(slice)),
    ),
  ].filter(({ role }) => roles.includes(role));
