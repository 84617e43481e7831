import { ConfigFaults, printConfig, readConfig } from '../../libs/platform/config.js';
import { startLogging } from '../../libs/platform/logging.js';
import { startApi } from './start.js';

const deadlineMs = 10_000;

const help = `Usage: npm run start:api

Serves the HTTP API. Configured by the environment, see docs/operations.md; needs a migrated database (npm run migrate).
Says "ready http://127.0.0.1:<port>" when it listens; SIGTERM ends it in order, within ${deadlineMs / 1000} s.`;

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return console.log(help);
  const config = readConfig(process.env, 'api');
  const logger = startLogging(config.logLevel, 'api');
  logger.info({ config: printConfig(config).split('\n') }, 'starting');
  const api = await startApi(config, logger);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), deadlineMs).unref();
    api.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not close in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  process.stdout.write(`ready ${api.url}\n`);
};

main().catch((error: unknown) => {
  if (error instanceof ConfigFaults) console.error(error.message);
  else console.error(error);
  process.exit(1);
});
