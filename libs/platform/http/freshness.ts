import type { FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';
import { waitUntilSeen } from '../processors/freshness.js';
import { HttpProblem, invalid } from './problem.js';

/** Holds a list until its view has seen `?after=<position>`, for 2 s at most; then 503 `view.behind`. */
export const freshEnough = (database: DataSource, viewName: string) => async (request: FastifyRequest) => {
  const { after } = request.query as { readonly after?: unknown };
  if (after === undefined) return;
  if (typeof after !== 'string' || !/^\d{1,20}$/.test(after))
    throw invalid('/query/after', 'field.position', 'must be a log position');
  if (!(await waitUntilSeen(database, viewName, BigInt(after).toString())))
    throw new HttpProblem(503, 'view.behind', { headers: { 'retry-after': '1' } });
};
