import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DomainError, refuse } from '../kernel/decider.js';
import { Clock } from '../platform/clock.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, StaleRevision } from '../platform/event-store/transact.js';
import { Asking, Calling, NewId } from '../platform/http/asked.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { HttpProblem } from '../platform/http/problem.js';
import { Allow, CreatedAt, Idempotent, NeedsIfMatch } from '../platform/http/route-rules.js';
import { PolicyDraftBody, PublishBody } from './policies.dto.js';
import { PolicyBook } from './policy-book.js';
import {
  draftIn,
  type PolicyCommand,
  type PolicyDraft,
  policyInForce,
  type Programme,
  type PublishedPolicy,
} from './policy.decider.js';
import { ExecutePolicy, loadProgramme, programmeId } from './policy.handler.js';

type Known = { readonly state: Programme; readonly revision: number; readonly position: string };

const nextActions: Readonly<Record<PolicyDraft['status'], readonly string[]>> = {
  draft: ['validate'],
  validated: ['publish'],
  published: [],
};

const draftOf = ({ state, revision, position }: Known, draftId: string, role?: Principal['role']) => {
  const { version, status, rules } = draftIn(state, draftId);
  const allowedActions = role === 'admin' ? nextActions[status] : [];
  return { id: draftId, version, status, rules, revision, position, allowedActions };
};

/** The faults of a policy as those of a request are told: all of them, each with its pointer. */
const withFaults = (fault: unknown): unknown => {
  if (!(fault instanceof DomainError && fault.code === 'policy.invalid')) return fault;
  const errors = Object.entries(fault.params).map(([pointer, what]) => ({
    pointer: `/rules${pointer}`,
    code: `rules.${what}`,
    detail: String(what).replaceAll('-', ' '),
  }));
  return new HttpProblem(422, fault.code, { errors, cause: fault });
};

const isUnpublished = ({ status }: PolicyDraft) => status !== 'published';
const latestFirst = (a: PublishedPolicy, b: PublishedPolicy) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1);

@ApiTags('policies')
@Controller('v1/policies')
export class PoliciesController {
  constructor(
    private readonly bus: CommandBus,
    private readonly store: EventStore,
    private readonly book: PolicyBook,
    private readonly clock: Clock,
  ) {}

  /** Published ones, the latest first; for the vendor's side the drafts too. */
  @Get()
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  async list(@Asking() principal: Principal) {
    const { state } = await loadProgramme(this.store, principal.vendor);
    const inForce = policyInForce(state, this.clock.now())?.version;
    const drafts = isPartner(principal) ? [] : Object.values(state.drafts).filter(isUnpublished);
    const published = state.published.toSorted(latestFirst);
    return {
      items: [
        ...published.map(({ version, effectiveFrom }) => ({
          version,
          status: 'published',
          effectiveFrom,
          inForce: version === inForce,
        })),
        ...drafts.map(({ version, status, draftId }) => ({ version, status, draftId, inForce: false })),
      ],
      nextCursor: null,
    };
  }

  @Get('drafts/:id')
  @Allow('channel-manager', 'auditor', 'admin')
  async draft(@Param('id') id: string, @Asking() { vendor, role }: Principal) {
    return draftOf(await loadProgramme(this.store, vendor), id, role);
  }

  @Get(':version')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  async detail(@Param('version') version: string, @Asking() principal: Principal) {
    const known = await loadProgramme(this.store, principal.vendor);
    const { state, revision, position } = known;
    const published = state.published.find((each) => each.version === version);
    if (published) {
      const inForce = policyInForce(state, this.clock.now())?.version === version;
      return { ...published, status: 'published', inForce, revision, position };
    }
    const draft = Object.values(state.drafts).find((each) => each.version === version);
    return draft && !isPartner(principal)
      ? draftOf(known, draft.draftId, principal.role)
      : refuse('policy.unknown', { version }, 'unknown');
  }

  @Post('drafts')
  @Allow('admin')
  @Idempotent()
  @CreatedAt('/v1/policies/drafts')
  create(@NewId() id: string, @Body() { version, rules }: PolicyDraftBody, @Calling() caller: Caller) {
    return this.execute({ type: 'DraftPolicy', draftId: id, version, rules }, caller);
  }

  @Put('drafts/:id')
  @Allow('admin')
  change(@Param('id') id: string, @Body() { version, rules }: PolicyDraftBody, @Calling() caller: Caller) {
    return this.execute({ type: 'ChangePolicyDraft', draftId: id, version, rules }, caller);
  }

  @Post('drafts/:id/validate')
  @Allow('admin')
  @NeedsIfMatch()
  validate(@Param('id') id: string, @Calling() caller: Caller) {
    return this.execute({ type: 'ValidatePolicy', draftId: id }, caller);
  }

  @Post('drafts/:id/publish')
  @Allow('admin')
  @NeedsIfMatch()
  publish(@Param('id') id: string, @Body() { effectiveFrom }: PublishBody, @Calling() caller: Caller) {
    const from = effectiveFrom ? { effectiveFrom: new Date(effectiveFrom).toISOString() } : {};
    return this.execute({ type: 'PublishPolicy', draftId: id, ...from }, caller);
  }

  private async execute(command: PolicyCommand, caller: Caller) {
    const written = await this.bus
      .execute(new ExecutePolicy(programmeId, command, caller))
      .catch(async (fault: unknown) => {
        // the revision is that of all policies together: a draft that isn't there can't be stale
        if (fault instanceof StaleRevision)
          draftIn((await loadProgramme(this.store, caller.vendor)).state, command.draftId);
        throw withFaults(fault);
      });
    // who publishes and then submits does so under the new policy
    await this.book.seen(written.position);
    return draftOf(written, command.draftId, 'admin');
  }
}
