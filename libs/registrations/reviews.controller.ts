import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Caller } from '../platform/event-store/transact.js';
import { Asking, Calling } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import { invalid } from '../platform/http/problem.js';
import type { Principal } from '../platform/http/principal.js';
import { AfterView, Allow, NeedsIfMatch } from '../platform/http/route-rules.js';
import { RegistrationDesk } from './registration-desk.js';
import { AssigneeBody, MatchBody, RejectBody, ReturnBody, ReviewsQuery } from './registrations.dto.js';
import { reviewQueue, reviewsOf, shownReview } from './review-queue.view.js';

/** The managers' side: what waits for them, and what they decide. */
@ApiTags('reviews')
@Controller('v1')
export class ReviewsController {
  constructor(
    private readonly desk: RegistrationDesk,
    private readonly database: DataSource,
  ) {}

  @Get('reviews')
  @Allow('channel-manager', 'auditor', 'admin')
  @AfterView(reviewQueue)
  async list(@Query() query: ReviewsQuery, @Asking() principal: Principal) {
    const { cursor: _, limit: __, after: ___, ...filter } = query;
    const { items, nextCursor } = await page({
      rows: reviewsOf(this.database, principal.vendor, filter),
      alias: 'review',
      order: [
        { column: 'dueAt', direction: 'ASC', nullable: true },
        { column: 'id', direction: 'ASC' },
      ],
      query,
      principal,
      filter,
    });
    return { items: items.map(shownReview), nextCursor };
  }

  /** Decides the step that is due; on the last, grants. */
  @Post('registrations/:id/approve')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  approve(@Param('id') id: string, @Calling() caller: Caller, @Asking() principal: Principal) {
    return this.desk.approve(id, caller, principal);
  }

  @Post('registrations/:id/return')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  return(
    @Param('id') id: string,
    @Body() { reasons, fields }: ReturnBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    if (reasons.length === 0) throw invalid('/reasons', 'field.empty', 'at least one');
    if (fields.length === 0) throw invalid('/fields', 'field.empty', 'at least one');
    return this.desk.execute(id, { type: 'ReturnForInformation', reasons, fields }, caller, principal);
  }

  @Post('registrations/:id/reject')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  reject(
    @Param('id') id: string,
    @Body() { code, explanation = '' }: RejectBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'RejectRegistration', code, explanation }, caller, principal);
  }

  @Post('registrations/:id/assign')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  assign(
    @Param('id') id: string,
    @Body() { assignee }: AssigneeBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'AssignReview', assignee }, caller, principal);
  }

  @Post('registrations/:id/confirm-match')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  confirmMatch(
    @Param('id') id: string,
    @Body() { claimId, reason = '' }: MatchBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'ConfirmMatch', claimId, reason }, caller, principal);
  }

  @Post('registrations/:id/dismiss-match')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  dismissMatch(
    @Param('id') id: string,
    @Body() { claimId, reason = '' }: MatchBody,
    @Calling() caller: Caller,
    @Asking() principal: Principal,
  ) {
    return this.desk.execute(id, { type: 'DismissMatch', claimId, reason }, caller, principal);
  }
}
