import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, StaleRevision } from '../platform/event-store/transact.js';
import { Asking, Calling } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import type { Principal } from '../platform/http/principal.js';
import { AfterView, Allow, NeedsIfMatch } from '../platform/http/route-rules.js';
import { localDate } from '../policy/business-days.js';
import { PolicyBook } from '../policy/policy-book.js';
import { directClaimList, directClaimsOf, shownDirectClaim } from './direct-claim-list.view.js';
import type { DirectClaim } from './direct-claim.decider.js';
import { type AskedOfDirectClaim, ExecuteDirectClaim, loadDirectClaim } from './direct-claim.handler.js';
import { CloseBody, DirectClaimBody, DirectClaimPath, DirectClaimsQuery, saveOf } from './direct-claims.dto.js';

type Known = { readonly state: DirectClaim; readonly revision: number; readonly position: string };

const detailOf = (crmId: string, { state, revision, position }: Known, { role }: Pick<Principal, 'role'>) => {
  if (state.status === 'unknown') return refuse('direct-claim.unknown', {}, 'unknown');
  const { status, fields, openedAt, closedOn, lostFamilies, screening, cases } = state;
  return {
    crmId,
    status,
    ...fields,
    openedAt,
    closedOn,
    lostFamilies,
    screening,
    customerKey: screening?.customerKey ?? null,
    cases: cases.map(({ caseId }) => caseId),
    revision,
    position,
    allowedActions: status !== 'closed' && (role === 'channel-manager' || role === 'admin') ? ['close'] : [],
  };
};

/** The vendor's side only: what its own sales do is no partner's business. */
@ApiTags('direct claims')
@Controller('v1/direct-claims')
export class DirectClaimsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly policies: PolicyBook,
  ) {}

  @Get()
  @Allow('channel-manager', 'auditor', 'admin')
  @AfterView(directClaimList)
  async list(@Query() query: DirectClaimsQuery, @Asking() principal: Principal) {
    const { cursor: _, limit: __, after: ___, ...filter } = query;
    const { items, nextCursor } = await page({
      rows: directClaimsOf(this.database, principal.vendor, filter),
      alias: 'claim',
      order: [{ column: 'crmId', direction: 'ASC' }],
      query,
      principal,
      filter,
    });
    return { items: items.map(shownDirectClaim), nextCursor };
  }

  @Get(':crmId')
  @Allow('channel-manager', 'auditor', 'admin')
  async detail(@Param('crmId') crmId: string, @Asking() principal: Principal) {
    return detailOf(crmId, await loadDirectClaim(this.store, principal.vendor, crmId), principal);
  }

  @Put(':crmId')
  @Allow('channel-manager', 'admin')
  save(
    @Param() { crmId }: DirectClaimPath,
    @Body() body: DirectClaimBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(crmId, saveOf(body), caller, principal);
  }

  @Post(':crmId/close')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  async close(
    @Param('crmId') crmId: string,
    @Body() body: CloseBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const closedOn = body.closedOn ?? (await this.today(caller));
    return this.execute(crmId, { type: 'CloseDirectClaim', closedOn }, caller, principal);
  }

  private async today({ vendor, now }: Caller): Promise<string> {
    const { rules } = await this.policies.inForce(vendor, now);
    return localDate(now, rules.calendar.timeZone);
  }

  private async execute(crmId: string, command: AskedOfDirectClaim, caller: Caller, principal: Principal) {
    const written = await this.bus.execute(new ExecuteDirectClaim(crmId, command, caller)).catch((fault: unknown) => {
      // there is no revision to be stale where there is no stream
      if (fault instanceof StaleRevision && fault.current < 0) return refuse('direct-claim.unknown', {}, 'unknown');
      throw fault;
    });
    return detailOf(crmId, written, principal);
  }
}
