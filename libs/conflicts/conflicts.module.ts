import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PartnersModule } from '../partners/partners.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { AdjudicateCaseHandler, DecideOnCaseHandler } from './adjudication.handler.js';
import { CaseReader } from './case-reader.js';
import { WorkOnCaseHandler } from './case-work.handler.js';
import { ConflictHandler, LeaveOpenCaseHandler, OpenOrJoinCaseHandler } from './conflict.handler.js';
import { ConflictsController } from './conflicts.controller.js';
import { OpenCaseByHandHandler } from './opening-by-hand.handler.js';

@Module({
  imports: [CqrsModule, PartnersModule, PolicyModule],
  providers: [
    ConflictHandler,
    OpenOrJoinCaseHandler,
    LeaveOpenCaseHandler,
    OpenCaseByHandHandler,
    WorkOnCaseHandler,
    AdjudicateCaseHandler,
    DecideOnCaseHandler,
    CaseReader,
  ],
  controllers: [ConflictsController],
})
export class ConflictsModule {}
