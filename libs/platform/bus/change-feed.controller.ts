import { Controller, type DynamicModule, Get, Inject, Module, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EventStore } from '../event-store/event-store.js';
import { Asking } from '../http/asked.js';
import type { Principal } from '../http/principal.js';
import { Allow } from '../http/route-rules.js';
import { ChangeFeedPage, ChangeFeedQuery } from './change-feed.dto.js';
import { readFeed } from './change-feed.js';
import type { Messages } from './messages.js';

const told = Symbol('the public messages of all slices');

@ApiTags('change feed')
@Controller('v1/events')
export class ChangeFeedController {
  constructor(
    private readonly store: EventStore,
    @Inject(told) private readonly slices: readonly Messages[],
  ) {}

  @Get()
  @Allow('partner', 'partner-admin', 'channel-manager', 'auditor', 'admin')
  @ApiOperation({
    summary: 'What has happened, as public messages in log order',
    description:
      'Ask again with the `after` of the answer. A page may be empty although more follows: go on while `nextCursor` is set.',
  })
  @ApiOkResponse({ type: ChangeFeedPage })
  events(@Query() { after, cursor, limit = 50 }: ChangeFeedQuery, @Asking() principal: Principal) {
    return readFeed(this.store, this.slices, principal, { after: cursor ?? after, limit });
  }
}

@Module({})
class ChangeFeed {}

/** @param slices the public messages of all slices */
export const changeFeedModule = (slices: readonly Messages[]): DynamicModule => ({
  module: ChangeFeed,
  controllers: [ChangeFeedController],
  providers: [{ provide: told, useValue: slices }],
});
