import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { refuse } from '../kernel/decider.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { Asking } from '../platform/http/asked.js';
import { page } from '../platform/http/page.js';
import type { Principal } from '../platform/http/principal.js';
import { AfterView, Allow } from '../platform/http/route-rules.js';
import { claimsOn } from './customer-claims.view.js';
import { customerList, customersOf, holdersOf, shownCustomer } from './customer-list.view.js';
import { loadCustomer } from './customer.handler.js';
import { CustomersQuery } from './customers.dto.js';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
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
}
