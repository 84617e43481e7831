import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { Health } from '../../libs/platform/http/health.js';
import { EventStore } from '../../libs/platform/event-store/event-store.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { Public } from '../../libs/platform/http/route-rules.js';
import { watchLag } from '../../libs/platform/processors/lag.js';

/** Token of the answer to /readyz. */
export const readiness = Symbol('readiness');

/** For whoever runs it: load balancers, Prometheus. */
@ApiTags('operations')
@Controller()
export class OperationsController {
  private readonly lags: ReturnType<typeof watchLag>;

  constructor(
    @Inject(readiness) private readonly health: () => Promise<Health>,
    @Inject(DataSource) database: DataSource,
    store: EventStore,
    private readonly metrics: Metrics,
  ) {
    this.lags = watchLag(database, store);
  }

  @Get('livez')
  @Public()
  live() {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.health();
    void reply.code(health.status === 'unready' ? 503 : 200).header('cache-control', 'no-store');
    return health;
  }

  @Get('metrics')
  @Public()
  async numbers(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type(this.metrics.contentType);
    // a scrape must go on without Postgres: that it is gone shows in the other figures
    return this.metrics.text(await this.lags().catch(() => []));
  }
}
