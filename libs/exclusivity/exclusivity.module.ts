import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ExclusivityHandler } from './exclusivity.handler.js';

@Module({ imports: [CqrsModule], providers: [ExclusivityHandler] })
export class ExclusivityModule {}
