import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { EventStore } from '../../libs/platform/event-store/event-store.js';
import { healthOf } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { Public } from '../../libs/platform/http/route-rules.js';
import { Stopping } from './stopping.js';

/** For whoever runs it: load balancers, Prometheus. */
@ApiTags('operations')
@Controller()
export class OperationsController {
  constructor(
    private readonly store: EventStore,
    @Inject(DataSource) private readonly database: DataSource,
    private readonly metrics: Metrics,
    private readonly stopping: Stopping,
  ) {}

  @Get('livez')
  @Public()
  live() {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Public()
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await healthOf({
      store: this.store,
      database: this.database,
      stopping: () => this.stopping.begun,
    });
    void reply.code(health.status === 'unready' ? 503 : 200).header('cache-control', 'no-store');
    return health;
  }

  @Get('metrics')
  @Public()
  async numbers(@Res({ passthrough: true }) reply: FastifyReply) {
    void reply.type(this.metrics.contentType);
    return this.metrics.text(this.database);
  }
}
