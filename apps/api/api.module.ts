import { type Abstract, type DynamicModule, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { changeFeedModule } from '../../libs/platform/bus/change-feed.controller.js';
import { Clock, DemoClock } from '../../libs/platform/clock.js';
import { EventStore } from '../../libs/platform/event-store/event-store.js';
import { DemoController } from '../../libs/platform/http/demo.controller.js';
import { DemoIssuer } from '../../libs/platform/http/demo-issuer.js';
import type { Health } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { publicMessages } from '../public-messages.js';
import { slices } from '../slices.js';
import { OperationsController, readiness } from './operations.controller.js';

/** What the process opened before Nest, and closes after it. */
export type ApiParts = {
  readonly store: EventStore;
  readonly database: DataSource;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly health: () => Promise<Health>;
  /** Set in the quick start alone. */
  readonly issuer: DemoIssuer | undefined;
};

/** The stores close once the last answer has left. */
@Injectable()
export class ApiModule implements OnApplicationShutdown {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.store.close(), this.database.destroy()]);
  }
}

/** The api around parts that are open already. They are visible to every slice. */
export const apiModule = ({ store, database, clock, metrics, health, issuer }: ApiParts): DynamicModule => {
  const demo = issuer && clock instanceof DemoClock ? { issuer, clock } : undefined;
  const providers: { readonly provide: Abstract<unknown> | symbol; readonly useValue: object }[] = [
    { provide: EventStore, useValue: store },
    { provide: DataSource, useValue: database },
    { provide: Clock, useValue: clock },
    { provide: Metrics, useValue: metrics },
    { provide: readiness, useValue: health },
  ];
  if (demo)
    providers.push({ provide: DemoIssuer, useValue: demo.issuer }, { provide: DemoClock, useValue: demo.clock });
  return {
    module: ApiModule,
    global: true,
    imports: [CqrsModule, ...slices, changeFeedModule(publicMessages)],
    controllers: [OperationsController, ...(demo ? [DemoController] : [])],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
};
