import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Lag } from '../processors/lag.js';

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
  private readonly lagEvents = this.gauge(
    'tiebreak_processor_lag_events',
    'Events a processor has not seen; where thousands were seen by none, estimated from their length in the log.',
  );
  private readonly position = this.gauge('tiebreak_processor_position', 'The log position a processor has seen.');
  private readonly stopped = this.gauge('tiebreak_processor_stopped', '1: stopped by a fault, waits for an operator.');
  private readonly stalls = new Counter({
    name: 'tiebreak_processor_stalls_total',
    help: 'How often a processor stood still and was begun anew.',
    labelNames: ['processor'],
    registers: [this.registry],
  });

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
  async text(lags: readonly Lag[]): Promise<string> {
    for (const each of [this.lag, this.lagEvents, this.position, this.stopped, this.stalls]) each.reset();
    for (const { name: processor, behindSeconds, behindEvents, position, status, stalls } of lags) {
      this.lag.set({ processor }, behindSeconds);
      if (behindEvents !== undefined) this.lagEvents.set({ processor }, behindEvents);
      this.position.set({ processor }, Number(position));
      this.stopped.set({ processor }, status === 'stopped' ? 1 : 0);
      this.stalls.inc({ processor }, stalls);
    }
    return this.registry.metrics();
  }

  readonly contentType = this.registry.contentType;

  private gauge(name: string, help: string) {
    return new Gauge({ name, help, labelNames: ['processor'], registers: [this.registry] });
  }
}
