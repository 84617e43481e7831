import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { refuse } from '../kernel/decider.js';
import { type Caller, StaleRevision } from '../platform/event-store/transact.js';
import { Asking, Calling } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { AfterView, Allow, CreatedAt, Idempotent, NeedsIfMatch } from '../platform/http/route-rules.js';
import { AdjudicateCase, DecideOnCase } from './adjudication.handler.js';
import { WorkOnCase } from './case-work.handler.js';
import { CaseReader } from './case-reader.js';
import { conflictList, conflictsOf } from './conflict-list.view.js';
import type { ConflictCommand } from './conflict.decider.js';
import { ExecuteConflict } from './conflict.handler.js';
import {
  AssignBody,
  ConflictsQuery,
  DecideBody,
  DismissBody,
  dismissalOf,
  EvidenceBody,
  evidenceOf,
  OpenCaseBody,
  RequestEvidenceBody,
} from './conflicts.dto.js';
import { shownConflict } from './shown-conflict.js';
import { OpenCaseByHand } from './opening-by-hand.handler.js';

@ApiTags('conflicts')
@Controller('v1/conflicts')
export class ConflictsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly database: DataSource,
    private readonly cases: CaseReader,
  ) {}

  @Get()
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  @AfterView(conflictList)
  async list(@Query() query: ConflictsQuery, @Asking() principal: Principal) {
    const { cursor: _, limit: __, after: ___, ...filter } = query;
    const { items, nextCursor } = await page({
      rows: conflictsOf(this.database, principal, filter),
      alias: 'conflict',
      order: [{ column: 'position', direction: 'DESC' }],
      query,
      principal,
      filter,
    });
    return { items: items.map((row) => shownConflict(row, principal)), nextCursor };
  }

  @Post()
  @Allow('channel-manager', 'admin')
  @Idempotent()
  @CreatedAt('/v1/conflicts')
  async open(@Body() body: OpenCaseBody, @Calling() caller: Caller, @Asking() principal: Principal) {
    const { caseId } = await this.bus.execute(new OpenCaseByHand(body, caller));
    return this.cases.detail(caseId, principal);
  }

  @Get(':id')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  detail(@Param('id') id: string, @Asking() principal: Principal) {
    return this.cases.detail(id, principal);
  }

  @Get(':id/history')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  history(@Param('id') id: string, @Asking() principal: Principal) {
    return this.cases.history(id, principal);
  }

  @Post(':id/assign')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  assign(
    @Param('id') id: string,
    @Body() { assignee }: AssignBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.done(id, principal, this.bus.execute(new WorkOnCase(id, { type: 'AssignCase', assignee }, caller)));
  }

  @Post(':id/request-evidence')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  requestEvidence(
    @Param('id') id: string,
    @Body() { question }: RequestEvidenceBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const work = { type: 'RequestEvidence', question } as const;
    return this.done(id, principal, this.bus.execute(new WorkOnCase(id, work, caller)));
  }

  @Post(':id/evidence')
  @Allow('partner', 'partner-admin', 'channel-manager', 'admin')
  @NeedsIfMatch()
  async evidence(
    @Param('id') id: string,
    @Body() body: EvidenceBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const claimId = await this.claimOf(id, body.claimId, principal);
    return this.execute(id, { type: 'SubmitEvidence', claimId, evidence: evidenceOf(body) }, caller, principal);
  }

  @Post(':id/adjudicate')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  adjudicate(@Param('id') id: string, @Calling() caller: Caller, @Asking() principal: Principal) {
    return this.done(id, principal, this.bus.execute(new AdjudicateCase(id, caller)));
  }

  @Post(':id/decide')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  decide(
    @Param('id') id: string,
    @Body() { winner, reason = '' }: DecideBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.done(id, principal, this.bus.execute(new DecideOnCase(id, { winner, reason }, caller)));
  }

  @Post(':id/dismiss')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  dismiss(
    @Param('id') id: string,
    @Body() body: DismissBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.execute(id, dismissalOf(body), caller, principal);
  }

  /** Whose evidence it is. To a partner, a rival's claim is refused like one that nobody made. */
  private async claimOf(id: string, asked: string | undefined, principal: Principal): Promise<string> {
    const own = await this.cases.ownClaims(id, principal);
    const claimId = isPartner(principal) ? own.find((each) => asked === undefined || each === asked) : asked;
    return claimId ?? refuse('conflict.not-a-claimant', { claimId: asked ?? '' }, 'meaning');
  }

  private execute(id: string, command: ConflictCommand, caller: Caller, principal: Principal) {
    return this.done(id, principal, this.bus.execute(new ExecuteConflict(id, command, caller)));
  }

  private async done(id: string, principal: Principal, command: Promise<unknown>) {
    await command.catch((fault: unknown) => {
      // there is no revision to be stale where there is no stream
      if (fault instanceof StaleRevision && fault.current < 0) return refuse('conflict.unknown', {}, 'unknown');
      throw fault;
    });
    return this.cases.detail(id, principal);
  }
}
