import { Module } from '@nestjs/common';
import { PartnersModule } from '../partners/partners.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { ScreeningController } from './screening.controller.js';

@Module({ imports: [PartnersModule, PolicyModule], controllers: [ScreeningController] })
export class ScreeningModule {}
