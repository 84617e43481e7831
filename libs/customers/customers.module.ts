import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CustomerHandler } from './customer.handler.js';
import { CustomersController } from './customers.controller.js';

@Module({ imports: [CqrsModule], providers: [CustomerHandler], controllers: [CustomersController] })
export class CustomersModule {}
