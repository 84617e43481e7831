import { type Decider, type Instant, refuse } from '../kernel/decider.js';
import { canonicalJson } from '../kernel/json.js';
import { policyFaults } from './policy-validation.js';
import type { PolicyEvent, PolicyRules } from './policy.events.js';

export type PolicyCommand =
  | {
      readonly type: 'DraftPolicy';
      readonly draftId: string;
      readonly version: string;
      readonly rules: PolicyRules;
    }
  | {
      readonly type: 'ChangePolicyDraft';
      readonly draftId: string;
      readonly version: string;
      readonly rules: PolicyRules;
    }
  | { readonly type: 'ValidatePolicy'; readonly draftId: string }
  /** Without `effectiveFrom` it is in force at once. */
  | { readonly type: 'PublishPolicy'; readonly draftId: string; readonly effectiveFrom?: Instant };

export type PolicyDraft = {
  readonly draftId: string;
  readonly version: string;
  readonly rules: PolicyRules;
  readonly status: 'draft' | 'validated' | 'published';
};
export type PublishedPolicy = {
  readonly version: string;
  readonly effectiveFrom: Instant;
  readonly rules: PolicyRules;
};

/** All of a vendor's policies, stream `policy-<vendor>.programme`: a version's name is unique among drafts and published ones. */
export type Programme = {
  readonly drafts: Readonly<Record<string, PolicyDraft>>;
  /** In the order of publishing. */
  readonly published: readonly PublishedPolicy[];
};

/** Of those published and effective, the one with the latest date; of one date, the later published. */
export const policyInForce = ({ published }: Programme, at: Instant): PublishedPolicy | undefined => {
  let inForce: PublishedPolicy | undefined;
  for (const policy of published)
    if (policy.effectiveFrom <= at && (!inForce || policy.effectiveFrom >= inForce.effectiveFrom)) inForce = policy;
  return inForce;
};

const withDraft = (state: Programme, draft: PolicyDraft): Programme => ({
  ...state,
  drafts: { ...state.drafts, [draft.draftId]: draft },
});

/** Refuses `policy.draft-unknown` (404). */
export const draftIn = ({ drafts }: Programme, draftId: string): PolicyDraft =>
  (Object.hasOwn(drafts, draftId) ? drafts[draftId] : undefined) ??
  refuse('policy.draft-unknown', { draftId }, 'unknown');

const holds = (draft: PolicyDraft, version: string, rules: PolicyRules) =>
  draft.version === version && canonicalJson(draft.rules) === canonicalJson(rules);

const requireFree = ({ drafts }: Programme, version: string, draftId: string) => {
  if (Object.values(drafts).some((draft) => draft.version === version && draft.draftId !== draftId))
    refuse('policy.version-taken', { version });
};

const requireSound = ({ rules }: PolicyDraft) => {
  const faults = policyFaults(rules);
  if (faults.length > 0)
    refuse('policy.invalid', Object.fromEntries(faults.map((each) => [each.pointer, each.fault])), 'meaning');
};

const decide: Decider<PolicyCommand, PolicyEvent, Programme>['decide'] = (command, state, now) => {
  const { draftId } = command;
  if (command.type === 'DraftPolicy') {
    const { version, rules } = command;
    const known = Object.hasOwn(state.drafts, draftId) ? state.drafts[draftId] : undefined;
    if (known) return holds(known, version, rules) ? [] : refuse('policy.draft-exists', { draftId });
    requireFree(state, version, draftId);
    return [{ type: 'PolicyDrafted', data: { draftId, version, rules } }];
  }
  const draft = draftIn(state, draftId);
  if (command.type === 'PublishPolicy') {
    const effectiveFrom = command.effectiveFrom ?? now;
    if (draft.status === 'published') {
      const { effectiveFrom: since } = state.published.find(({ version }) => version === draft.version) ?? {};
      return (command.effectiveFrom ?? since) === since ? [] : refuse('policy.already-published');
    }
    if (draft.status !== 'validated') return refuse('policy.not-validated');
    // it may have been validated when less was asked of a policy
    requireSound(draft);
    if (effectiveFrom < now) return refuse('policy.effective-in-past', { effectiveFrom }, 'meaning');
    const { version, rules } = draft;
    return [{ type: 'PolicyPublished', data: { draftId, version, effectiveFrom, rules } }];
  }
  if (command.type === 'ValidatePolicy') {
    if (draft.status !== 'draft') return [];
    requireSound(draft);
    return [{ type: 'PolicyValidated', data: { draftId } }];
  }
  const { version, rules } = command;
  if (holds(draft, version, rules)) return [];
  if (draft.status === 'published') return refuse('policy.already-published');
  requireFree(state, version, draftId);
  return [{ type: 'PolicyDraftChanged', data: { draftId, version, rules } }];
};

export const policy: Decider<PolicyCommand, PolicyEvent, Programme> = {
  initial: { drafts: {}, published: [] },

  evolve: (state, { type, data }) => {
    switch (type) {
      case 'PolicyDrafted':
      case 'PolicyDraftChanged':
        return withDraft(state, { ...data, status: 'draft' });
      case 'PolicyValidated':
        return withDraft(state, { ...draftIn(state, data.draftId), status: 'validated' });
      case 'PolicyPublished': {
        const { draftId, version, effectiveFrom, rules } = data;
        const published = [...state.published, { version, effectiveFrom, rules }];
        return withDraft({ ...state, published }, { draftId, version, rules, status: 'published' });
      }
    }
  },

  decide,
};
