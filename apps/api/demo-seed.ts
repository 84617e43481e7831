import type { CommandBus } from '@nestjs/cqrs';
import type { PartnerCommand } from '../../libs/partners/partner.decider.js';
import type { PartnerProfile } from '../../libs/partners/partner.events.js';
import { ExecutePartner } from '../../libs/partners/partner.handler.js';
import type { Instant } from '../../libs/kernel/decider.js';
import { type Caller, derivedId } from '../../libs/platform/event-store/transact.js';
import { personas } from '../../libs/platform/http/personas.js';
import { ExecutePolicy, programmeId } from '../../libs/policy/policy.handler.js';
import { standardV1, standardV1Version } from '../../libs/policy/standard-v1.js';

const families = [
  'backup',
  'collaboration',
  'data-platform',
  'endpoint',
  'erp',
  'identity',
  'network-security',
  'observability',
];
const active = ['partner-01', 'partner-02', 'partner-03', 'other-partner'];

/**
 * What the quick start begins with: a published policy for each vendor of the personas, and their partners. Each command
 * has an id of its own that never changes, so that a start which finds it done changes nothing.
 */
export const seedDemo = async (bus: CommandBus, now: Instant): Promise<void> => {
  const vendors = [...new Set(personas.map(({ vendor }) => vendor))];
  await Promise.all([
    ...vendors.map((vendor) => publishPolicy(bus, vendor, now)),
    ...personas.map(({ vendor, partnerId }) => partnerId !== null && enrol(bus, vendor, partnerId, now)),
  ]);
};

const publishPolicy = async (bus: CommandBus, vendor: string, now: Instant): Promise<void> => {
  const draftId = derivedId('demo-seed', vendor, standardV1Version);
  const draft = { type: 'DraftPolicy', draftId, version: standardV1Version, rules: standardV1 } as const;
  for (const command of [draft, { type: 'ValidatePolicy', draftId }, { type: 'PublishPolicy', draftId }] as const)
    await bus.execute(new ExecutePolicy(programmeId, command, callerFor(vendor, command.type, now)));
};

const enrol = async (bus: CommandBus, vendor: string, id: string, now: Instant): Promise<void> => {
  const command: PartnerCommand = active.includes(id)
    ? { type: 'SavePartner', profile: { ...profileOf(id), tier: 'platinum', authorisedFamilies: families } }
    : { type: 'RegisterApplicant', profile: profileOf(id) };
  await bus.execute(new ExecutePartner(id, command, callerFor(vendor, `partner ${id}`, now), true));
};

const profileOf = (id: string): PartnerProfile => ({
  legalName: id.replace('partner-', 'Partner ').replace('other-partner', 'Other Partner'),
  domain: `${id}.example`,
  countryCode: 'DE',
  type: 'reseller',
  tier: 'registered',
  territories: ['*'],
  authorisedFamilies: [],
});

const callerFor = (vendor: string, what: string, now: Instant): Caller => {
  const commandId = derivedId('demo-seed', vendor, what);
  return { vendor, actor: 'system:demo-seed', commandId, now, correlationId: commandId, causationId: commandId };
};
