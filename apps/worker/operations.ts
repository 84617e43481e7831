import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { watchHealth } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import { watchLag } from '../../libs/platform/processors/lag.js';
import type { RunningWorker } from './start.js';

/** /livez, /readyz (`here`: what this worker does) and /metrics of a worker, for where it runs alone. Resolves to the port. */
export const serveOperations = async (
  port: number,
  worker: RunningWorker,
  stopping: () => boolean,
): Promise<number> => {
  const metrics = new Metrics();
  const { store, database, required } = worker;
  const lags = watchLag(database, store);
  const healthOf = watchHealth({ store, database, required, stopping });
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/livez': async (response) => sendJson(response, 200, { status: 'alive' }),
    '/readyz': async (response) => {
      const health = await healthOf();
      sendJson(response, health.status === 'unready' ? 503 : 200, { ...health, here: worker.states() });
    },
    '/metrics': async (response) => {
      // a scrape must go on without Postgres: that it is gone shows in the other figures
      const text = await metrics.text(await lags().catch(() => []));
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    },
  };
  const server = createServer((request, response) => {
    const route = routes[(request.url ?? '').split('?', 1)[0]!];
    if (route && request.method === 'GET') route(response).catch(() => response.writeHead(500).end());
    else response.writeHead(404).end();
  });
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
};

const sendJson = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};
