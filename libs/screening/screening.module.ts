import { Module } from '@nestjs/common';
import { PolicyModule } from '../policy/policy.module.js';
import { ScreeningController } from './screening.controller.js';

@Module({ imports: [PolicyModule], controllers: [ScreeningController] })
export class ScreeningModule {}
