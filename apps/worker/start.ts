import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { DataSource } from 'typeorm';
import { DemoClock, SystemClock } from '../../libs/platform/clock.js';
import type { Config } from '../../libs/platform/config.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { type Logger, nestLogger } from '../../libs/platform/logging.js';
import type { DatabaseOptions } from '../../libs/platform/postgres/data-source.js';
import { openPatiently } from '../../libs/platform/postgres/open-patiently.js';
import { type ClockRunner, type ClockState, startClock } from '../../libs/platform/processors/clock.js';
import { openLocks } from '../../libs/platform/processors/lock.js';
import type { Processor } from '../../libs/platform/processors/processor.js';
import { type ProcessorState, type Runner, startRunner } from '../../libs/platform/processors/run.js';
import { shareTail } from '../../libs/platform/processors/tail.js';
import { PolicyBook } from '../../libs/policy/policy-book.js';
import { schema } from '../schema.js';
import { openBus } from './publishers.js';
import { rosterOf } from './roster.js';
import { workerModule } from './worker.module.js';

export type RunningWorker = {
  readonly database: DataSource;
  readonly store: EventStoreDb;
  /** What its roles name. */
  readonly required: readonly Processor[];
  states(): readonly (ProcessorState | ClockState)[];
  /** Every processor finishes its batch; then all is closed. */
  stop(): Promise<void>;
};

const databaseOptions: DatabaseOptions = {
  applicationName: 'tiebreak-worker',
  // a batch in hand needs a connection for each processor, the clock a few more
  poolSize: 30,
  // rows and their checkpoint are one commit: what a crash of Postgres takes, whole batches from the end, is done again,
  // by a runner that finds its checkpoint moved back. Its commands carry the ids they had, so the log answers what it holds
  lazyCommits: true,
};

/** Resolves once everything its roles name runs or stands by. Waits for Postgres, its migrations and the log as long as it takes. */
export const startWorker = async (config: Config, logger: Logger): Promise<RunningWorker> => {
  const database = await openPatiently(config.databaseUrl, schema, databaseOptions, logger);
  const store = EventStoreDb.connect(config.eventStoreUrl);
  const clock = config.demo ? new DemoClock(config.dataDir) : new SystemClock();
  const app = await NestFactory.createApplicationContext(workerModule({ store, database, clock }), {
    abortOnError: false,
    logger: nestLogger(logger),
  });
  const bus = openBus(config);
  const { processors, alarms, sweeps } = rosterOf(config.roles, {
    database,
    store,
    commands: app.get(CommandBus),
    clock,
    policies: app.get(PolicyBook, { strict: false }),
    bus,
    topicPrefix: config.topicPrefix,
  });
  const locks = openLocks(config.databaseUrl);
  const tail = shareTail(store);
  const runners: (Runner | ClockRunner)[] = processors.map((processor) =>
    startRunner(processor, { database, store: tail, locks, log: logger }),
  );
  if (config.roles.includes('clock')) runners.push(startClock(alarms, sweeps, { database, clock, locks, log: logger }));
  await Promise.all(runners.map(({ settled }) => settled));

  const stop = async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await tail.close();
    await locks.close();
    await app.close();
    await bus.close();
    await database.destroy();
    await store.close();
  };
  return { database, store, required: processors, states: () => runners.map((runner) => runner.state()), stop };
};
