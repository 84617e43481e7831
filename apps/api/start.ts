import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemoClock, SystemClock } from '../../libs/platform/clock.js';
import type { Config } from '../../libs/platform/config.js';
import { LogUnavailable, UnknownOutcome } from '../../libs/platform/event-store/event-store.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { signCursorsWith } from '../../libs/platform/http/cursor.js';
import { DemoIssuer } from '../../libs/platform/http/demo-issuer.js';
import { secureHeaders, serveDocs } from '../../libs/platform/http/docs.js';
import { watchHealth } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { describeApi } from '../../libs/platform/http/openapi.js';
import { fastifyAdapter, serve } from '../../libs/platform/http/serve.js';
import { keysOf, verifierOf } from '../../libs/platform/http/tokens.js';
import { type Logger, nestLogger } from '../../libs/platform/logging.js';
import { openPatiently } from '../../libs/platform/postgres/open-patiently.js';
import { processorNames } from '../processor-names.js';
import { schema } from '../schema.js';
import { apiModule, type ApiParts } from './api.module.js';
import { seedDemo } from './demo-seed.js';

export type RunningApi = {
  /** Where it listens. */
  readonly url: string;
  /** Unready at once, then what is under way is answered, then everything is closed. */
  stop(): Promise<void>;
};

/** Opens the stores, builds the app, seeds the quick start, listens. Waits for Postgres, its migrations and the log as long as it takes. */
export const startApi = async (config: Config, logger: Logger): Promise<RunningApi> => {
  const { demo, identity, dataDir } = config;
  if (config.cursorSecret !== undefined) signCursorsWith(config.cursorSecret);
  else if (!demo)
    logger.warn("CURSOR_SECRET is not set: several instances, or one that started anew, refuse each other's cursors");
  const database = await openPatiently(
    config.databaseUrl,
    schema,
    { applicationName: 'tiebreak-api', poolSize: 20 },
    logger,
  );
  const store = EventStoreDb.connect(config.eventStoreUrl);
  const clock = demo ? new DemoClock(dataDir) : new SystemClock();
  const issuer = demo ? new DemoIssuer(dataDir) : undefined;
  const metrics = new Metrics();
  let ending = false;
  const health = watchHealth({ store, database, required: processorNames(config.roles), stopping: () => ending });
  const trusted = identity?.kind === 'oidc' ? { ...identity, key: keysOf(identity.issuer) } : issuer?.trusted;
  if (!trusted) throw new Error('the api needs an issuer whose tokens it takes');

  const app = await createApp({ store, database, clock, metrics, health, issuer }, logger);
  // first, so that refusals of the hooks behind it carry them too
  secureHeaders(app);
  serve(app, { clock, database, logger, metrics, verify: verifierOf(trusted) });
  await serveDocs(app, () => describeApi(app, '1'));
  await app.init();
  // every log begins with the event that names it, whichever of its programs comes first
  await onceReached(() => store.logId(), logger);
  if (demo) await onceReached(() => seedDemo(app.get(CommandBus), clock.now()), logger);
  // in the quick start anyone may be anyone: nobody but this machine
  await app.listen(config.port, demo ? '127.0.0.1' : '0.0.0.0');
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : config.port;

  const stop = async () => {
    ending = true;
    await drain(app.getHttpServer());
    await app.close();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
};

/** The app, with nothing begun: neither store is asked for anything yet. */
export const createApp = (parts: ApiParts, logger: Logger): Promise<NestFastifyApplication> =>
  NestFactory.create<NestFastifyApplication>(apiModule(parts), fastifyAdapter(), {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(logger),
  });

/** The log may go away in between; what of it was done is not done again. */
const onceReached = async <T>(work: () => Promise<T>, logger: Logger): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof LogUnavailable || fault instanceof UnknownOutcome)) throw fault;
      logger.warn({ err: fault }, 'the log is not reached yet, trying again');
      await pause(500);
    }
  }
};

const drainMs = 300;

/**
 * Lets clients take their leave: nobody new comes in, and every answer from now on ends its connection, so that none is
 * cut while a request is on its way. Resolves when no connection is left, at the latest after 0.3 s; what is idle then is
 * closed with the server.
 */
const drain = async (server: Server): Promise<void> => {
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
  // net's close only stops listening; http's would also cut connections that look idle
  NetServer.prototype.close.call(server);
  const count = promisify(server.getConnections.bind(server));
  for (const until = Date.now() + drainMs; (await count()) > 0 && Date.now() < until;) await pause(10);
};
