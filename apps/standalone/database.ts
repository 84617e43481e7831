import { rename, stat } from 'node:fs/promises';
import { Client } from 'pg';
import { startPostgres } from '../../libs/platform/postgres/embedded-postgres.js';
import { type Service, supervise } from './supervisor.js';

const LOG_BYTES = 10_000_000;

/**
 * The embedded Postgres of `dir`, kept up on one port: an idle connection notices its end. What stands in the way of
 * the first start is final and rejects; later ones are tried again. `stop` stops the server too.
 */
export const keepPostgres = async (
  dir: string,
  logFile: string,
  say: (line: string) => void,
): Promise<Service & { readonly url: string }> => {
  await boundLog(logFile);
  const first = await startPostgres(dir, { logFile });
  let server = first;
  let hasEnded = false;
  const service = supervise(
    'Postgres',
    async (signal) => {
      if (hasEnded) server = await startPostgres(dir, { logFile, port: first.port });
      hasEnded = true;
      return { ended: untilLost(server.url, signal).then(() => `Postgres ended, see ${logFile}`) };
    },
    say,
  );
  const stop = async () => {
    await service.stop();
    await server.stop();
  };
  return { ...service, url: first.url, stop };
};

/** Postgres appends to its log itself, across starts. */
const boundLog = async (path: string): Promise<void> => {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > LOG_BYTES) await rename(path, `${path}.1`);
};

/** Never ends a connection that is still being made: pg then settles neither the one nor the other. */
const untilLost = async (url: string, signal: AbortSignal): Promise<void> => {
  const client = new Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  const lost = new Promise<void>((resolve) => {
    client.once('end', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const isConnected = await client.connect().then(
    () => true,
    () => false,
  );
  if (isConnected && !signal.aborted) await lost;
  await client.end().catch(() => undefined);
};
