import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PartnersModule } from '../partners/partners.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { RegistrationDesk } from './registration-desk.js';
import { RegistrationReader } from './registration-reader.js';
import { RegistrationHandler } from './registration.handler.js';
import { RegistrationsController } from './registrations.controller.js';
import { ReviewsController } from './reviews.controller.js';

@Module({
  imports: [CqrsModule, PartnersModule, PolicyModule],
  providers: [RegistrationHandler, RegistrationDesk, RegistrationReader],
  controllers: [RegistrationsController, ReviewsController],
})
export class RegistrationsModule {}
