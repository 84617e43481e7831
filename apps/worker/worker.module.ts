import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Clock } from '../../libs/platform/clock.js';
import { EventStore } from '../../libs/platform/event-store/event-store.js';
import { slices } from '../slices.js';

/** What the process opened before Nest, and closes after it. */
export type WorkerParts = { readonly store: EventStore; readonly database: DataSource; readonly clock: Clock };

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
