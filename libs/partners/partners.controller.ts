import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { type Caller, StaleRevision } from '../platform/event-store/transact.js';
import { Asking, Calling } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { AfterView, Allow, NeedsIfMatch } from '../platform/http/route-rules.js';
import { PartnerDirectory } from './partner-directory.js';
import { partnerList, partnersOf, shownPartner } from './partner-list.view.js';
import type { Partner, PartnerCommand } from './partner.decider.js';
import { ExecutePartner, loadPartner } from './partner.handler.js';
import { PartnerBody, PartnerPath, PartnersQuery, profileOf, ReasonBody } from './partners.dto.js';

type Known = { readonly state: Partner; readonly revision: number; readonly position: string };

const verbs: Readonly<Record<Partner['status'], readonly string[]>> = {
  unknown: [],
  applicant: ['terminate'],
  active: ['suspend', 'terminate'],
  suspended: ['reinstate', 'terminate'],
  terminated: [],
};

const detailOf = (id: string, { state, revision, position }: Known, { role }: Pick<Principal, 'role'>) => {
  if (state.status === 'unknown') return refuse('partner.unknown', {}, 'unknown');
  const allowedActions = role === 'channel-manager' || role === 'admin' ? verbs[state.status] : [];
  return { id, status: state.status, ...state.profile, revision, position, allowedActions };
};

@ApiTags('partners')
@Controller('v1/partners')
export class PartnersController {
  constructor(
    private readonly bus: CommandBus,
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly directory: PartnerDirectory,
  ) {}

  @Get()
  @Allow('channel-manager', 'auditor', 'admin')
  @AfterView(partnerList)
  async list(@Query() query: PartnersQuery, @Asking() principal: Principal) {
    const { cursor: _, limit: __, after: ___, ...filter } = query;
    const { items, nextCursor } = await page({
      rows: partnersOf(this.database, principal.vendor, filter),
      alias: 'partner',
      order: [{ column: 'partnerId', direction: 'ASC' }],
      query,
      principal,
      filter,
    });
    return { items: items.map(shownPartner), nextCursor };
  }

  /** A partner reads itself; any other is as unknown to it as one that doesn't exist. */
  @Get(':id')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  async detail(@Param('id') id: string, @Asking() principal: Principal) {
    if (isPartner(principal) && principal.partnerId !== id) return refuse('partner.unknown', {}, 'unknown');
    return detailOf(id, await loadPartner(this.store, principal.vendor, id), principal);
  }

  @Put(':id')
  @Allow('channel-manager', 'admin')
  save(
    @Param() { id }: PartnerPath,
    @Body() body: PartnerBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(id, { type: 'SavePartner', profile: profileOf(body) }, caller, principal);
  }

  @Post(':id/suspend')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  suspend(
    @Param('id') id: string,
    @Body() { reason }: ReasonBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(id, { type: 'SuspendPartner', reason }, caller, principal);
  }

  @Post(':id/reinstate')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  reinstate(
    @Param('id') id: string,
    @Body() { reason }: ReasonBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(id, { type: 'ReinstatePartner', reason }, caller, principal);
  }

  @Post(':id/terminate')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  terminate(
    @Param('id') id: string,
    @Body() { reason }: ReasonBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(id, { type: 'TerminatePartner', reason }, caller, principal);
  }

  private async execute(id: string, command: PartnerCommand, caller: Caller, principal: Principal) {
    const written = await this.bus.execute(new ExecutePartner(id, command, caller)).catch((fault: unknown) => {
      // there is no revision to be stale where there is no stream
      if (fault instanceof StaleRevision && fault.current < 0) return refuse('partner.unknown', {}, 'unknown');
      throw fault;
    });
    // who writes a partner and then submits for it finds it as written
    await this.directory.seen(written.position);
    return detailOf(id, written, principal);
  }
}
