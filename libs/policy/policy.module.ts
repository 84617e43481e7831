import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PoliciesController } from './policies.controller.js';
import { PolicyBook } from './policy-book.js';
import { PolicyHandler } from './policy.handler.js';

@Module({
  imports: [CqrsModule],
  providers: [PolicyHandler, PolicyBook],
  controllers: [PoliciesController],
  exports: [PolicyBook],
})
export class PolicyModule {}
