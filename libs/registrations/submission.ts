import { type Instant, refuse } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import { addBusinessDays } from '../policy/business-days.js';
import { refuseIneligible, refuseUnauthorised } from './eligibility.js';
import { mergePatch } from './merge-patch.js';
import type { Context, Decide, MergePatch, NewClaim, PartnerCommand } from './registration.commands.js';
import type { DealFields, RegistrationEvent } from './registration.events.js';
import { isClaim, isLive, type Registration } from './registration.state.js';
import { resumedDueAt } from './review-clock.js';

type Submission = Extract<
  PartnerCommand,
  { type: 'DraftRegistration' | 'AmendDraft' | 'SubmitRegistration' | 'AmendFields' | 'WithdrawRegistration' }
>;

/** From nothing to a submission, back from a return, and out again. */
export const decideSubmission: Decide<Submission, Registration> = (command, state, context, now) => {
  switch (command.type) {
    case 'DraftRegistration':
      return draft(command, state, context);
    case 'SubmitRegistration':
      return submit(command.claim, state, context, now);
    case 'AmendDraft':
      return amendDraft(command.patch, state, context);
    case 'AmendFields':
      return amendFields(command.patch, state);
    default: {
      if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
      if (state.status === 'withdrawn') return [];
      if (state.status !== 'draft' && !isLive(state)) return refuse('registration.ended', { status: state.status });
      return [{ type: 'RegistrationWithdrawn', data: { reason: command.reason } }];
    }
  }
};

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

const draft = (
  { partnerId, fields, onBehalf }: NewClaim,
  state: Registration,
  { actor, partner }: Context,
): readonly RegistrationEvent[] => {
  if (state.status !== 'unknown')
    return state.status === 'draft' && same(state.fields, fields) ? [] : refuse('registration.exists');
  refuseUnauthorised(partner, fields.productFamilies ?? []);
  return [
    { type: 'RegistrationDrafted', data: { partnerId, submittedBy: actor, fields, ...(onBehalf && { onBehalf }) } },
  ];
};

const amendDraft = (patch: MergePatch, state: Registration, { partner }: Context): readonly RegistrationEvent[] => {
  if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
  if (state.status !== 'draft') return refuse('registration.not-a-draft', { status: state.status });
  const fields = mergePatch(state.fields, patch);
  if (same(state.fields, fields)) return [];
  refuseUnauthorised(partner, fields.productFamilies ?? []);
  return [{ type: 'DraftAmended', data: { fields } }];
};

const amendFields = (patch: MergePatch, state: Registration): readonly RegistrationEvent[] => {
  if (state.status === 'unknown') return refuse('registration.unknown', {}, 'unknown');
  if (!isClaim(state) || state.status !== 'returned' || !state.returned)
    return refuse('registration.not-returned', { status: state.status });
  const asked: readonly string[] = state.returned.fields;
  const field = Object.keys(patch).find((name) => patch[name] !== undefined && !asked.includes(name));
  if (field !== undefined) return refuse('registration.field-not-asked', { field }, 'meaning');
  const fields = mergePatch(state.fields, patch);
  if (same(state.fields, fields)) return [];
  const named = Object.entries(fields).filter(([name]) => asked.includes(name));
  return [{ type: 'FieldsAmended', data: { fields: Object.fromEntries(named) } }];
};

const submit = (
  claim: NewClaim | undefined,
  state: Registration,
  { actor, policy, partner, contentHash }: Context,
  now: Instant,
): readonly RegistrationEvent[] => {
  if (state.status === 'unknown' && !claim) return refuse('registration.unknown', {}, 'unknown');
  if (state.status !== 'unknown' && (claim || (state.status !== 'draft' && state.status !== 'returned')))
    return repeated(claim?.fields, state, contentHash);
  const { partnerId, fields, evidence } = state.status === 'unknown' ? { ...claim!, evidence: [] } : state;
  const deal = refuseIneligible(fields, partner, policy.rules, evidence, now);
  const returned = isClaim(state) ? state : null;
  const toScreen = !returned || returned.toScreen || isAnotherClaim(returned.returned?.before, deal);
  if (returned && deal.productFamilies.every((family) => returned.lostFamilies.includes(family)))
    return refuse('registration.lost-conflict', {}, 'meaning');
  const dueAt = returned
    ? resumedDueAt(returned, policy.rules, now)
    : addBusinessDays(now, policy.rules.review.slaBusinessDays, policy.rules.calendar);
  return [
    {
      type: 'RegistrationSubmitted',
      data: {
        partnerId,
        submittedBy: actor,
        ...(claim?.onBehalf && { onBehalf: claim.onBehalf }),
        tier: partner.profile!.tier,
        fields: deal,
        receipt: { policyVersion: policy.version, contentHash: contentHash(deal) },
        toScreen,
        submittedAt: now,
        ...(dueAt !== null && { dueAt }),
      },
    },
  ];
};

/** A repeat is no news; otherwise a registration is submitted once. */
const repeated = (
  fields: Partial<DealFields> | undefined,
  state: Exclude<Registration, { status: 'unknown' }>,
  contentHash: Context['contentHash'],
): readonly RegistrationEvent[] => {
  const again =
    isClaim(state) &&
    isLive(state) &&
    (fields
      ? state.receipt.contentHash === contentHash(fields as DealFields)
      : state.status === 'submitted' || state.status === 'under-review');
  return again ? [] : refuse('registration.already-submitted', { status: state.status });
};

/** Another customer, family or territory (the customer's country): its screening no longer holds. */
const isAnotherClaim = (before: DealFields | undefined, after: DealFields): boolean =>
  !before ||
  !same(before.customer, after.customer) ||
  !same(before.productFamilies.toSorted(), after.productFamilies.toSorted());
