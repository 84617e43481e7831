import type { EntityManager } from 'typeorm';
import type { LocatedRecord } from '../matching/claim-record.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { directRecord, registrationRecord } from './claim-record-of.js';
import type { Rejoining, Screened } from './recording-screening.js';
import type { Preview } from './screening-book.js';
import { claimsOfCustomers, knownRecord } from './screening-claim.js';

const followed = new Set<string>([
  'RegistrationSubmitted',
  'RegistrationReturned',
  'RegistrationApproved',
  'RegistrationRejected',
  'RegistrationWithdrawn',
  'MatchConfirmed',
  'MatchDismissed',
  'FamilyLost',
  'ProtectionExpired',
  'ProtectionRevoked',
  'DealWon',
  'DealLost',
  'DirectClaimOpened',
  'DirectClaimChanged',
  'DirectClaimLost',
  'DirectClaimClosed',
  'CaseDismissed',
  'CustomerMerged',
  'CustomerSplit',
] satisfies readonly Screened['type'][]);

/** Whether the pass has anything to do for it: most of what it meets in the log is its own work. */
export const isOfConcern = ({ type }: Pick<Recorded, 'type'>): boolean => followed.has(type);

/** A person said of whole customers what they are. */
export const isRejoining = (event: Screened): event is Rejoining =>
  event.type === 'CustomerMerged' || event.type === 'CustomerSplit';

/** The claims that an event names. Those of a customer are its `members`: only the pass's own table knows them. */
export const claimsOf = (event: Screened, members: readonly string[] = []): readonly string[] => {
  if (isRejoining(event)) return members;
  if (event.type === 'CaseDismissed') return [...new Set(event.data.pairs.flat())];
  return event.stream.category === 'conflict' ? [] : [event.stream.id];
};

/** The record that an event brings for its claim to be screened by. */
const brought = (event: Screened): LocatedRecord | undefined => {
  switch (event.type) {
    case 'RegistrationSubmitted':
      return event.data.toScreen ? knownRecord(registrationRecord(event.data.fields)) : undefined;
    case 'DirectClaimOpened':
      return knownRecord(directRecord(event.data));
    case 'DirectClaimChanged':
      return event.data.toScreen ? knownRecord(directRecord(event.data)) : undefined;
    default:
      return undefined;
  }
};

/** The turn of a claim because of an event. */
export type Turn = { readonly n: number; readonly record: LocatedRecord };

/** What the events of one vendor will have screened, and by which records: those that they bring or found before. */
export const previewOf = (events: readonly Screened[], members: readonly string[]) => {
  const turns = new Map<string, Turn>();
  const asked: LocatedRecord[] = [];
  const preview: Preview = {
    claimIds: [...new Set(events.flatMap((event) => claimsOf(event, members)))],
    partnerIds: [
      ...new Set(events.flatMap((event) => (event.type === 'RegistrationSubmitted' ? event.data.partnerId : []))),
    ],
    asked(claimOf) {
      const latest = new Map<string, LocatedRecord>();
      for (const event of events) {
        const isAgain = event.type === 'MatchConfirmed' || event.type === 'CaseDismissed' || isRejoining(event);
        const bringing = brought(event);
        for (const claimId of claimsOf(event, members)) {
          if (bringing) latest.set(claimId, bringing);
          const record = isAgain ? (latest.get(claimId) ?? claimOf(claimId)?.record) : bringing;
          if (!record) continue;
          turns.set(`${event.id} ${claimId}`, { n: asked.length, record });
          asked.push(record);
        }
      }
      return asked;
    },
  };
  const turnOf = (event: Screened, claimId: string): Turn => turns.get(`${event.id} ${claimId}`)!;
  return { preview, turnOf };
};

/** What is said of a customer stands alone: whose claims it concerns is in the table, as all before it has left it. */
export const inParts = (events: readonly Screened[]): readonly (readonly Screened[])[] => {
  const parts: Screened[][] = [];
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    if (before === undefined || isRejoining(event) || isRejoining(before)) parts.push([event]);
    else parts.at(-1)!.push(event);
  }
  return parts;
};

/** The live claims of a customer of which something was said. */
export const membersOf = async (
  tx: EntityManager,
  vendor: string,
  events: readonly Screened[],
): Promise<readonly string[]> => {
  const keys = events.filter(isRejoining).map(({ stream }) => stream.id);
  if (keys.length === 0) return [];
  return (await claimsOfCustomers(tx, vendor, keys)).map(({ claimId }) => claimId);
};

/** It begins a claim's turn by what it brings, not by what a person said. */
export const bringsClaim = (event: Screened): boolean =>
  event.type === 'DirectClaimOpened' ||
  ((event.type === 'RegistrationSubmitted' || event.type === 'DirectClaimChanged') && event.data.toScreen);
