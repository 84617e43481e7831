import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { listCheckpoints } from '../processors/checkpoint.js';

/** Prometheus metrics of a process: requests by route template, processors as their rows say, Node's own. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'tiebreak_http_request_duration_seconds',
    help: 'Requests by route template: rate, errors by status, duration.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private readonly refused = new Counter({
    name: 'tiebreak_refusals_total',
    help: 'Answers that were problems, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly lag = this.gauge('tiebreak_processor_lag_seconds', 'Seconds since a processor had seen everything.');
  private readonly position = this.gauge('tiebreak_processor_position', 'The log position a processor has seen.');
  private readonly stopped = this.gauge('tiebreak_processor_stopped', '1: stopped by a fault, waits for an operator.');

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  refuse(code: string): void {
    this.refused.inc({ code });
  }

  /** Everything in Prometheus' text form. */
  async text(database: DataSource): Promise<string> {
    for (const gauge of [this.lag, this.position, this.stopped]) gauge.reset();
    // a scrape must go on without Postgres: that it is gone shows in the other figures
    for (const { name, behindSeconds, position, status } of await listCheckpoints(database).catch(() => [])) {
      this.lag.set({ processor: name }, behindSeconds);
      this.position.set({ processor: name }, Number(position));
      this.stopped.set({ processor: name }, status === 'stopped' ? 1 : 0);
    }
    return this.registry.metrics();
  }

  readonly contentType = this.registry.contentType;

  private gauge(name: string, help: string) {
    return new Gauge({ name, help, labelNames: ['processor'], registers: [this.registry] });
  }
}
