import type { Type } from '@nestjs/common';
import { ConflictsModule } from '../libs/conflicts/conflicts.module.js';
import { CustomersModule } from '../libs/customers/customers.module.js';
import { DirectClaimsModule } from '../libs/direct-claims/direct-claims.module.js';
import { ExclusivityModule } from '../libs/exclusivity/exclusivity.module.js';
import { PartnersModule } from '../libs/partners/partners.module.js';
import { PolicyModule } from '../libs/policy/policy.module.js';
import { RegistrationsModule } from '../libs/registrations/registrations.module.js';
import { ScreeningModule } from '../libs/screening/screening.module.js';

/** The parts of the business, in api and worker alike; in the worker nobody listens to their controllers. */
export const slices: readonly Type[] = [
  PolicyModule,
  PartnersModule,
  RegistrationsModule,
  CustomersModule,
  DirectClaimsModule,
  ConflictsModule,
  ExclusivityModule,
  ScreeningModule,
];
