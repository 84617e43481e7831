import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { watchHealth } from '../../libs/platform/http/health.js';
import { Metrics } from '../../libs/platform/http/metrics.js';
import type { RunningWorker } from './start.js';

/** /livez, /readyz and /metrics of a worker, for where it runs alone. Resolves to the port. */
export const serveOperations = async (
  port: number,
  worker: RunningWorker,
  stopping: () => boolean,
): Promise<number> => {
  const metrics = new Metrics();
  const { store, database, required } = worker;
  const healthOf = watchHealth({ store, database, required, stopping });
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/livez': async (response) => sendJson(response, 200, { status: 'alive' }),
    '/readyz': async (response) => {
      const health = await healthOf();
      sendJson(response, health.status === 'unready' ? 503 : 200, { ...health, processors: worker.states() });
    },
    '/metrics': async (response) => {
      const text = await metrics.text(database);
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
