import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { ConflictsModule } from '../../libs/conflicts/conflicts.module.js';
import { CustomersModule } from '../../libs/customers/customers.module.js';
import { DirectClaimsModule } from '../../libs/direct-claims/direct-claims.module.js';
import { ExclusivityModule } from '../../libs/exclusivity/exclusivity.module.js';
import { PartnersModule } from '../../libs/partners/partners.module.js';
import { Clock } from '../../libs/platform/clock.js';
import { EventStore } from '../../libs/platform/event-store/event-store.js';
import { PolicyModule } from '../../libs/policy/policy.module.js';
import { RegistrationsModule } from '../../libs/registrations/registrations.module.js';
import { ScreeningModule } from '../../libs/screening/screening.module.js';

/** What the process opened before Nest, and closes after it. */
export type WorkerParts = { readonly store: EventStore; readonly database: DataSource; readonly clock: Clock };

/** The slices' command handlers; their controllers come along and nobody listens. */
const slices: readonly Type[] = [
  PolicyModule,
  PartnersModule,
  RegistrationsModule,
  CustomersModule,
  DirectClaimsModule,
  ConflictsModule,
  ExclusivityModule,
  ScreeningModule,
];

@Module({})
class WorkerModule {}

/** The worker around parts that are open already. They are visible to every slice. */
export const workerModule = ({ store, database, clock }: WorkerParts): DynamicModule => {
  const providers = [
    { provide: EventStore, useValue: store },
    { provide: DataSource, useValue: database },
    { provide: Clock, useValue: clock },
  ];
  return {
    module: WorkerModule,
    global: true,
    imports: [CqrsModule, ...slices],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
};
