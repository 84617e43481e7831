import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { invalid } from '../platform/http/problem.js';
import { Asking, Calling, NewId } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import { isPartner, type Principal } from '../platform/http/principal.js';
import { AfterView, Allow, CreatedAt, Idempotent, NeedsIfMatch } from '../platform/http/route-rules.js';
import type { Caller } from '../platform/event-store/transact.js';
import { mergePatch } from './merge-patch.js';
import type { RegistrationCommand } from './registration.commands.js';
import { registrationList, registrationsOf, shownRegistration } from './registration-list.view.js';
import { RegistrationDesk } from './registration-desk.js';
import { RegistrationReader } from './registration-reader.js';
import {
  AsOfQuery,
  DealPatchDto,
  LostBody,
  MayGiveReasonBody,
  ProofBody,
  RegisterBody,
  RegistrationsQuery,
  WonBody,
} from './registrations.dto.js';

/** The partners' side: registering, reading, and what became of it. */
@ApiTags('registrations')
@Controller('v1/registrations')
export class RegistrationsController {
  constructor(
    private readonly desk: RegistrationDesk,
    private readonly reader: RegistrationReader,
    private readonly database: DataSource,
  ) {}

  @Post()
  @Allow('partner', 'partner-admin', 'channel-manager', 'admin')
  @Idempotent()
  @CreatedAt('/v1/registrations')
  async register(
    @Body() { submit, partnerId, ...said }: RegisterBody,
    @NewId() id: string,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const claim = {
      ...ownerOf(partnerId, principal),
      fields: mergePatch({}, said),
    };
    const command: RegistrationCommand = submit
      ? { type: 'SubmitRegistration', claim }
      : { type: 'DraftRegistration', ...claim };
    return this.desk.register(id, command, caller);
  }

  @Get()
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  @AfterView(registrationList)
  async list(@Query() query: RegistrationsQuery, @Asking() principal: Principal) {
    const { cursor: _, limit: __, after: ___, ...asked } = query;
    // another partner's are not there for it, whatever it asks for
    const own = principal.partnerId ?? '';
    const foreign = isPartner(principal) && asked.partnerId !== undefined && asked.partnerId !== own;
    if (foreign) return { items: [], nextCursor: null };
    const filter = isPartner(principal) ? { ...asked, partnerId: own } : asked;
    const { items, nextCursor } = await page({
      rows: registrationsOf(this.database, principal.vendor, filter),
      alias: 'row',
      order: [
        { column: 'beganAt', direction: 'DESC' },
        { column: 'id', direction: 'DESC' },
      ],
      query,
      principal,
      filter,
    });
    return { items: items.map((row) => shownRegistration(row, principal)), nextCursor };
  }

  @Get(':id')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  detail(@Param('id') id: string, @Query() { asOf }: AsOfQuery, @Asking() principal: Principal) {
    return this.reader.detail(id, principal, asOf);
  }

  @Get(':id/history')
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  history(@Param('id') id: string, @Asking() principal: Principal) {
    return this.reader.history(id, principal);
  }

  @Patch(':id')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  async amend(
    @Param('id') id: string,
    @Body() body: DealPatchDto,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const { status } = await this.reader.detail(id, principal);
    const type = status === 'draft' ? 'AmendDraft' : 'AmendFields';
    return this.desk.execute(id, { type, patch: { ...body } }, caller, principal);
  }

  @Post(':id/submit')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  submit(@Param('id') id: string, @Calling() caller: Caller, @Asking() principal: Principal) {
    return this.desk.execute(id, { type: 'SubmitRegistration' }, caller, principal);
  }

  @Post(':id/withdraw')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  withdraw(
    @Param('id') id: string,
    @Body() { reason = '' }: MayGiveReasonBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'WithdrawRegistration', reason }, caller, principal);
  }

  @Post(':id/evidence')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  attach(
    @Param('id') id: string,
    @Body() { kind, sha256, occurredAt }: ProofBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    const evidence = { kind, sha256, occurredAt: new Date(occurredAt).toISOString() };
    return this.desk.execute(id, { type: 'AttachEvidence', ...evidence }, caller, principal);
  }

  @Post(':id/won')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  won(
    @Param('id') id: string,
    @Body() { amount, currency, closedOn }: WonBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'ReportWon', amount, currency, closedOn }, caller, principal);
  }

  @Post(':id/lost')
  @Allow('partner', 'partner-admin')
  @NeedsIfMatch()
  lost(
    @Param('id') id: string,
    @Body() { reason }: LostBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'ReportLost', reason }, caller, principal);
  }
}

/** Whose it will be: the principal's partner, or the one that a manager names. */
const ownerOf = (
  named: string | undefined,
  principal: Principal,
): { readonly partnerId: string; readonly onBehalf?: true } => {
  if (isPartner(principal)) {
    if (named) throw invalid('/partnerId', 'field.unknown', 'comes from the session');
    return { partnerId: principal.partnerId ?? '' };
  }
  if (!named) throw invalid('/partnerId', 'field.required', 'on behalf of which partner');
  return { partnerId: named, onBehalf: true };
};
