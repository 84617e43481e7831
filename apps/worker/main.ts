import { ConfigFaults, printConfig, readConfig } from '../../libs/platform/config.js';
import { startLogging } from '../../libs/platform/logging.js';
import { serveOperations } from './operations.js';
import { type RunningWorker, startWorker } from './start.js';

// below the ten seconds after which whoever sent SIGTERM kills
const deadlineMs = 9_000;

const help = `Usage: npm run start:worker

Keeps the processors going: views, reactors, publishers, clock (ROLES names some of them, default all). Configured by the
environment, see docs/operations.md; waits for a migrated database. Several may run: one does the work, the others stand by.
Says "ready worker" when its processors run or stand by; SIGTERM ends it in order, within ${deadlineMs / 1000} s.
WORKER_PORT: serve /livez, /readyz and /metrics there; unset: nowhere, the API shows the processors too.`;

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return console.log(help);
  const config = readConfig(process.env, 'worker');
  const operationsPort = portOf(process.env['WORKER_PORT']);
  const logger = startLogging(config.logLevel, 'worker');
  logger.info({ config: printConfig(config).split('\n') }, 'starting');
  let ending = false;
  let worker: RunningWorker | undefined;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), deadlineMs).unref();
    const stopped = worker ? worker.stop() : Promise.resolve();
    stopped.then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not close in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end).on('SIGINT', end);

  worker = await startWorker(config, logger);
  if (operationsPort !== undefined) await serveOperations(operationsPort, worker, () => ending);
  process.stdout.write('ready worker\n');
};

const portOf = (text: string | undefined): number | undefined => {
  if (!text) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new ConfigFaults([`WORKER_PORT is not a port (0-65535): ${text}`]);
  return port;
};

main().catch((error: unknown) => {
  console.error(error instanceof ConfigFaults || !(error instanceof Error) ? String(error) : error.stack);
  process.exit(1);
});
