import type { EntityManager } from 'typeorm';
import type { LocatedRecord } from '../matching/claim-record.js';
import type { Recorded } from '../platform/event-store/event-store.js';
import { directRecord, registrationRecord } from './claim-record-of.js';
import type { Rejoining, Screened } from './recording-screening.js';
import type { Preview } from './screening-book.js';
import { claimsOfCustomers } from './screening-claim.js';

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

/** A person said of claims whose they are: they are screened again. */
const isSaid = (event: Screened): boolean =>
  event.type === 'MatchConfirmed' || event.type === 'CaseDismissed' || isRejoining(event);

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
      return event.data.toScreen ? registrationRecord(event.data.fields) : undefined;
    case 'DirectClaimOpened':
      return directRecord(event.data);
    case 'DirectClaimChanged':
      return event.data.toScreen ? directRecord(event.data) : undefined;
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
      for (const event of events) {
        for (const claimId of claimsOf(event, members)) {
          const record = isSaid(event) ? claimOf(claimId)?.record : brought(event);
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

/** What a person says of claims stands alone: whose it concerns, and by which names, is in the table, as all before it has left it. */
export const inParts = (events: readonly Screened[]): readonly (readonly Screened[])[] => {
  const parts: Screened[][] = [];
  for (const [index, event] of events.entries()) {
    const before = events[index - 1];
    if (before === undefined || isSaid(event) || isSaid(before)) parts.push([event]);
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
