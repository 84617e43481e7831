import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { given } from '../kernel/given.js';
import { policy, policyInForce } from './policy.decider.js';
import type { PolicyEvent } from './policy.events.js';
import { standardV1 } from './standard-v1.js';

const rules = standardV1;
const stricter = { ...rules, contentionHours: 12 };
const broken = {
  ...rules,
  review: { slaBusinessDays: 0, holdBusinessDays: 3 },
  matching: { certain: 0.5, possible: 0.5 },
};
const draft = { draftId: 'd1', version: 'v2', rules };
const drafted: PolicyEvent = { type: 'PolicyDrafted', data: draft };
const validated: PolicyEvent = { type: 'PolicyValidated', data: { draftId: 'd1' } };
const published = (version: string, effectiveFrom: string, draftId = 'd1'): PolicyEvent => ({
  type: 'PolicyPublished',
  data: { draftId, version, effectiveFrom, rules },
});
const now = '2026-01-15T09:00:00.000Z';
const later = '2026-02-01T00:00:00.000Z';

describe('drafting a policy', () => {
  it('keeps it', () =>
    given(policy)
      .when({ type: 'DraftPolicy', ...draft })
      .then(drafted));
  it('has nothing to say the second time', () =>
    given(policy, drafted)
      .when({ type: 'DraftPolicy', ...draft })
      .then());
  it('refuses other rules under the same draft', () =>
    given(policy, drafted)
      .when({ type: 'DraftPolicy', ...draft, rules: stricter })
      .refused('policy.draft-exists'));
  it('refuses a version that another draft has', () =>
    given(policy, drafted)
      .when({ type: 'DraftPolicy', ...draft, draftId: 'd2' })
      .refused('policy.version-taken'));
});

describe('changing a draft', () => {
  const change = { type: 'ChangePolicyDraft', ...draft, rules: stricter } as const;
  const changed: PolicyEvent = { type: 'PolicyDraftChanged', data: { ...draft, rules: stricter } };
  it('keeps the new rules', () => given(policy, drafted).when(change).then(changed));
  it('has nothing to say the second time', () => given(policy, drafted, changed).when(change).then());
  it('takes its validation away', () =>
    given(policy, drafted, validated, changed)
      .when({ type: 'PublishPolicy', draftId: 'd1' })
      .refused('policy.not-validated'));
  it('refuses one nobody knows', () => given(policy).when(change).refused('policy.draft-unknown'));
  it('refuses a published one', () =>
    given(policy, drafted, validated, published('v2', now)).when(change).refused('policy.already-published'));
  it('refuses the version of another', () =>
    given(policy, drafted, { type: 'PolicyDrafted', data: { ...draft, draftId: 'd2', version: 'v3' } })
      .when({ ...change, version: 'v3' })
      .refused('policy.version-taken'));
});

describe('validating a draft', () => {
  it('finds standard-v1 without fault', () =>
    given(policy, drafted).when({ type: 'ValidatePolicy', draftId: 'd1' }).then(validated));
  it('has nothing to say the second time', () =>
    given(policy, drafted, validated).when({ type: 'ValidatePolicy', draftId: 'd1' }).then());
  it('refuses a broken one', () =>
    given(policy, { type: 'PolicyDrafted', data: { ...draft, rules: broken } })
      .when({ type: 'ValidatePolicy', draftId: 'd1' })
      .refused('policy.invalid'));
  it('refuses one nobody knows', () =>
    given(policy).when({ type: 'ValidatePolicy', draftId: 'd1' }).refused('policy.draft-unknown'));
});

describe('publishing a draft', () => {
  const publish = { type: 'PublishPolicy', draftId: 'd1', effectiveFrom: later } as const;
  it('puts it in force on its date', () =>
    given(policy, drafted, validated).when(publish).then(published('v2', later)));
  it('puts it in force at once without one', () =>
    given(policy, drafted, validated).when({ type: 'PublishPolicy', draftId: 'd1' }, now).then(published('v2', now)));
  it('has nothing to say the second time', () =>
    given(policy, drafted, validated, published('v2', later)).when(publish).then());
  it('refuses a second date', () =>
    given(policy, drafted, validated, published('v2', now)).when(publish).refused('policy.already-published'));
  it('refuses one whose validation asked less of it than is asked now', () =>
    given(policy, { type: 'PolicyDrafted', data: { ...draft, rules: { ...rules, contentionHours: 1e12 } } }, validated)
      .when({ type: 'PublishPolicy', draftId: 'd1' })
      .refused('policy.invalid'));
  it('refuses one that was not validated', () => given(policy, drafted).when(publish).refused('policy.not-validated'));
  it('refuses a date in the past', () =>
    given(policy, drafted, validated)
      .when({ ...publish, effectiveFrom: '2026-01-15T08:59:59.999Z' }, now)
      .refused('policy.effective-in-past'));
  it('refuses one nobody knows', () => given(policy).when(publish).refused('policy.draft-unknown'));
});

describe('the policy in force', () => {
  const programme = fold(policy, [
    published('v1', '2026-01-01T00:00:00.000Z', 'd1'),
    published('v3', '2026-03-01T00:00:00.000Z', 'd3'),
    published('v2', '2026-02-01T00:00:00.000Z', 'd2'),
    published('v2b', '2026-02-01T00:00:00.000Z', 'd4'),
  ]);
  it.each([
    ['2025-12-31T23:59:59.999Z', undefined],
    ['2026-01-01T00:00:00.000Z', 'v1'],
    ['2026-02-15T00:00:00.000Z', 'v2b'],
    ['2026-03-01T00:00:00.000Z', 'v3'],
  ])('at %s is %s', (at, version) => expect(policyInForce(programme, at)?.version).toBe(version));
});
