import { type LogEvent, partsOf } from './log-reader.js';

export type Published = { readonly topic: string; readonly key: string; readonly id: string };

const slices: Readonly<Record<string, string>> = {
  registration: 'tiebreak.registrations.v1',
  conflict: 'tiebreak.conflicts.v1',
  direct: 'tiebreak.direct-claims.v1',
  partner: 'tiebreak.partners.v1',
};
/** Those that the outside is told of, by what docs/asyncapi.json promises. */
const told = new Set(
  `RegistrationSubmitted RegistrationScreened RegistrationReturned ConflictRaised ConflictCleared FamilyLost
   RegistrationApproved ProtectionGranted ProtectionResumed RegistrationRejected RegistrationWithdrawn ExpiryReminderSent
   ProtectionExpired ProtectionRevoked DealWon DealLost ConflictDetected ClaimantJoined ClaimantLeft PolicyEvaluated
   CaseDecided CaseDismissed DirectClaimOpened DirectClaimChanged DirectClaimScreened DirectConflictRaised
   DirectConflictCleared DirectClaimLost DirectClaimClosed PartnerOnboarded PartnerProfileChanged`.split(/\s+/),
);

/** The lines of the file bus. A line that is no message, or a last one that is torn, is one more fault. */
export const parseTopic = (topic: string, text: string): { published: Published[]; faults: string[] } => {
  const faults: string[] = [];
  const published = text.split('\n').flatMap((line, index): Published[] => {
    if (line === '') return [];
    try {
      const { key, headers } = JSON.parse(line) as { key: string; headers: { ce_id: string } };
      return [{ topic, key, id: headers.ce_id }];
    } catch {
      faults.push(`${topic} line ${index + 1} is no message: ${line.slice(0, 80)}`);
      return [];
    }
  });
  return { published, faults };
};

/** After dedupe by `ce_id` each event that is told is there once, under its thing's key, in the order of the log; nothing else is. */
export const checkMessages = (log: readonly LogEvent[], published: readonly Published[]): string[] => {
  const faults: string[] = [];
  const due = new Map<string, { topic: string; key: string; at: number; name: string }>();
  for (const [at, { id, type, stream, revision }] of log.entries()) {
    const of = partsOf(stream);
    const topic = slices[of?.category ?? ''];
    if (of && topic && told.has(type)) due.set(id, { topic, key: of.id, at, name: `${type} in ${stream}@${revision}` });
  }
  const seen = new Set<string>();
  const lastOf = new Map<string, number>();
  for (const { topic, key, id } of published) {
    if (seen.has(id)) continue;
    seen.add(id);
    const event = due.get(id);
    if (!event || event.topic !== topic || event.key !== key) {
      faults.push(`${topic} has ${id} under ${key}, of which the log knows nothing`);
      continue;
    }
    const before = lastOf.get(`${topic} ${key}`) ?? -1;
    if (event.at < before) faults.push(`${topic}: ${event.name} comes too late under its key`);
    lastOf.set(`${topic} ${key}`, Math.max(before, event.at));
  }
  for (const [id, { name }] of due) if (!seen.has(id)) faults.push(`${name} was never published`);
  return faults;
};
