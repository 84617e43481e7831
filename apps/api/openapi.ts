import { DataSource } from 'typeorm';
import { SystemClock } from '../../libs/platform/clock.js';
import { EventStoreDb } from '../../libs/platform/event-store/eventstoredb.js';
import { watchHealth } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { describeApi } from '../../libs/platform/http/openapi.js';
import { startLogging } from '../../libs/platform/logging.js';
import { databaseOptions } from '../../libs/platform/postgres/data-source.js';
import { schema } from '../schema.js';
import { createApp } from './start.js';

const help = `Usage: node dist/apps/api/openapi.js

Writes the OpenAPI document of the api to stdout, without the routes of the quick start. Connects to nothing.`;

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return console.log(help);
  const store = EventStoreDb.connect('esdb://127.0.0.1:1?tls=false');
  const database = new DataSource(databaseOptions('postgres://127.0.0.1:1/none', schema));
  const parts = {
    store,
    database,
    clock: new SystemClock(),
    metrics: new Metrics(),
    health: watchHealth({ store, database, required: [], stopping: () => false }),
    issuer: undefined,
  };
  const app = await createApp(parts, startLogging('silent', 'openapi'));
  process.stdout.write(`${JSON.stringify(describeApi(app, '1'), null, 2)}\n`, () => process.exit(0));
};

void main();
