import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PartnerDirectory } from './partner-directory.js';
import { PartnerHandler } from './partner.handler.js';
import { PartnersController } from './partners.controller.js';

@Module({
  imports: [CqrsModule],
  providers: [PartnerHandler, PartnerDirectory],
  controllers: [PartnersController],
  exports: [PartnerDirectory],
})
export class PartnersModule {}
