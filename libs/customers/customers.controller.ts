import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import type { Caller } from '../platform/event-store/transact.js';
import { Asking, Calling } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import type { Principal } from '../platform/http/principal.js';
import { AfterView, Allow, NeedsIfMatch } from '../platform/http/route-rules.js';
import { claimsOn } from './customer-claims.view.js';
import { customerList, customersOf, holdersOf, shownCustomer } from './customer-list.view.js';
import { loadCustomer } from './customer.handler.js';
import { CustomersQuery, MergeBody, SplitBody } from './customers.dto.js';
import { MergeCustomers, SplitCustomer } from './rejoining.handler.js';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly bus: CommandBus,
  ) {}

  @Get()
  @Allow('channel-manager', 'auditor', 'admin')
  @AfterView(customerList)
  async list(@Query() query: CustomersQuery, @Asking() principal: Principal) {
    const { items, nextCursor } = await page({
      rows: customersOf(this.database, principal.vendor, query.q),
      alias: 'customer',
      order: [
        { column: 'name', direction: 'ASC' },
        { column: 'customerKey', direction: 'ASC' },
      ],
      query,
      principal,
      filter: { q: query.q },
    });
    return { items: items.map(shownCustomer), nextCursor };
  }

  /** Who the customer is comes from its stream; its claims and holders are the views', a moment behind. */
  @Get(':customerKey')
  @Allow('channel-manager', 'auditor', 'admin')
  async detail(@Param('customerKey') customerKey: string, @Asking() { vendor }: Principal) {
    const { state, revision, position } = await loadCustomer(this.store, vendor, customerKey);
    if (state.status === 'unknown') return refuse('customer.unknown', {}, 'unknown');
    const [claims, holders] = await Promise.all([
      claimsOn(this.database, vendor, customerKey),
      holdersOf(this.database, vendor, customerKey),
    ]);
    const { status: _, ...known } = state;
    return { customerKey, ...known, claims, holders, revision, position };
  }

  /** Two customers are one; their claims meet, in the order in which they came, as soon as screening has seen it. */
  @Post(':customerKey/merge')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  async merge(
    @Param('customerKey') customerKey: string,
    @Body() { into, reason }: MergeBody,
    @Calling() caller: Caller,
  ) {
    const { state, revision, position } = await this.bus.execute(new MergeCustomers(customerKey, into, reason, caller));
    return { customerKey, ...state, revision, position };
  }

  /** Some of its claims are another customer's. */
  @Post(':customerKey/split')
  @Allow('channel-manager', 'admin')
  @NeedsIfMatch()
  async split(
    @Param('customerKey') customerKey: string,
    @Body() { claimIds, reason }: SplitBody,
    @Calling() caller: Caller,
  ) {
    const { state, events, revision, position } = await this.bus.execute(
      new SplitCustomer(customerKey, claimIds, reason, caller),
    );
    const [event] = events;
    return {
      customerKey,
      ...state,
      ...(event?.type === 'CustomerSplit' && { newKey: event.data.newKey }),
      revision,
      position,
    };
  }
}
