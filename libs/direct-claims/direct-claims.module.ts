import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PolicyModule } from '../policy/policy.module.js';
import { DirectClaimHandler } from './direct-claim.handler.js';
import { DirectClaimsController } from './direct-claims.controller.js';

@Module({ imports: [CqrsModule, PolicyModule], providers: [DirectClaimHandler], controllers: [DirectClaimsController] })
export class DirectClaimsModule {}
