import { type Instant, refuse } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import { protectionDays } from '../policy/amounts.js';
import { localDate } from '../policy/business-days.js';
import type { PolicyRules } from '../policy/policy.events.js';
import { isDate } from './eligibility.js';
import type { Decide, PartnerCommand, SystemCommand } from './registration.commands.js';
import type { RegistrationEvent } from './registration.events.js';
import { type Claim, isClaim, isLive, type Protection, type Registration } from './registration.state.js';

export const dayMs = 86_400_000;
export const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** The exclusivity that an approval at `from` gives. */
export const protectionWindow = (
  { fields }: Claim,
  rules: PolicyRules,
  from: Instant,
): { readonly from: Instant; readonly to: Instant } => {
  const days = protectionDays(rules, fields.estimatedValue, fields.tender?.public ?? false);
  return { from, to: later(from, days * dayMs) };
};

/** The end of a window that was stopped: later by as long as it stood still. */
export const resumedTo = ({ to, pausedAt }: Protection, now: Instant): Instant =>
  pausedAt === null ? to : later(to, Math.max(0, Date.parse(now) - Date.parse(pausedAt)));

type ProtectionCommand =
  | Extract<PartnerCommand, { type: 'ReportWon' | 'ReportLost' | 'AttachEvidence' }>
  | Extract<SystemCommand, { type: 'RemindExpiry' | 'ExpireProtection' }>;

/** What happens to a claim while it is protected, by the clock and by its partner. */
export const decideProtection: Decide<ProtectionCommand, Registration> = (command, state, { policy }, now) => {
  switch (command.type) {
    case 'RemindExpiry':
      return remind(state, now);
    case 'ExpireProtection': {
      const running = runningProtection(state);
      return running && now >= running.to ? [{ type: 'ProtectionExpired', data: { expiredAt: running.to } }] : [];
    }
    case 'AttachEvidence': {
      const { kind, sha256, occurredAt } = command;
      if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
      if (state.status !== 'draft' && !isLive(state)) return refuse('registration.ended', { status: state.status });
      if (occurredAt > now) return refuse('registration.evidence-in-future', {}, 'meaning');
      if (state.evidence.some((each) => each.kind === kind && each.sha256 === sha256)) return [];
      return [{ type: 'EvidenceAttached', data: { kind, sha256, occurredAt } }];
    }
    case 'ReportWon': {
      const { amount, currency, closedOn } = command;
      if (saysTheSame(state, 'won', { amount, currency, closedOn })) return [];
      refuseReport(state, policy.rules, now);
      if (!isDate(closedOn)) return refuse('registration.date-invalid', { date: closedOn }, 'meaning');
      const { timeZone } = policy.rules.calendar;
      if (closedOn > localDate(now, timeZone)) return refuse('registration.closed-in-future', { closedOn }, 'meaning');
      if (isClaim(state) && closedOn < localDate(state.submittedAt, timeZone))
        return refuse('registration.closed-before-submission', { closedOn }, 'meaning');
      return [{ type: 'DealWon', data: { amount, currency, closedOn } }];
    }
    default:
      if (saysTheSame(state, 'lost', { reason: command.reason })) return [];
      refuseReport(state, policy.rules, now);
      return [{ type: 'DealLost', data: { reason: command.reason } }];
  }
};

/** A repeat; the same end told otherwise is none. */
const saysTheSame = (state: Registration, status: 'won' | 'lost', outcome: object): boolean =>
  state.status === status && canonicalJson(state.outcome) === canonicalJson(outcome);

const runningProtection = (state: Registration): Protection | null =>
  isClaim(state) && state.status === 'approved' && state.protection?.pausedAt === null ? state.protection : null;

const remind = (state: Registration, now: Instant): readonly RegistrationEvent[] => {
  const running = runningProtection(state);
  if (!running || now >= running.to) return [];
  const due = running.reminderDays.filter((days) => later(running.to, -days * dayMs) <= now);
  // the nearest alone: a reminder that comes late says nothing more
  const daysBefore = Math.min(...due);
  if (due.length === 0 || running.reminded.some((days) => days <= daysBefore)) return [];
  return [{ type: 'ExpiryReminderSent', data: { daysBefore } }];
};

const refuseReport = (state: Registration, rules: PolicyRules, now: Instant): void => {
  if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
  if (!isClaim(state) || state.status !== 'approved' || !state.protection)
    return refuse('registration.not-approved', { status: state.status });
  const from = later(state.submittedAt, rules.leadTimeHours * 3_600_000);
  if (now < from) return refuse('registration.lead-time', { from });
  const { to, pausedAt } = state.protection;
  if (pausedAt === null && now >= to) refuse('registration.protection-ended', { to });
};
