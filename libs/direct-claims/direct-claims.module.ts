import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DirectClaimHandler } from './direct-claim.handler.js';
import { DirectClaimsController } from './direct-claims.controller.js';

@Module({ imports: [CqrsModule], providers: [DirectClaimHandler], controllers: [DirectClaimsController] })
export class DirectClaimsModule {}
