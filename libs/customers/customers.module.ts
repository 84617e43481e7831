import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustomerHandler } from './customer.handler.js';
import { CustomersController } from './customers.controller.js';
import { MergeCustomersHandler, SplitCustomerHandler } from './rejoining.handler.js';

@Module({
  imports: [CqrsModule],
  providers: [CustomerHandler, MergeCustomersHandler, SplitCustomerHandler],
  controllers: [CustomersController],
})
export class CustomersModule {}
