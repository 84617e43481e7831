import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging.js';
import type { Metrics } from './metrics.js';
import { HttpProblem, problemOf, refusalOf } from './problem.js';

/** Every failure, wherever it arose (hooks, parsers, pipes, handlers, unknown routes), as RFC 9457. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const refusal = refusalOf(error);
    const { status, code, more } = refusal;
    this.metrics.refuse(code);
    if (status >= 500) this.logger.error({ traceId: request.id, err: more.cause ?? error }, code);
    if (status === 403 && request.asked)
      this.logger.warn(
        { traceId: request.id, principal: request.asked.principal, route: request.routeOptions.url },
        code,
      );
    if (reply.sent) return;
    void reply
      .code(status)
      .removeHeader('etag')
      .headers(more.headers ?? {});
    sendProblem(refusal, request, reply);
  }
}

/** As bytes: to a text Fastify would add a charset, which this media type does not have. */
export const sendProblem = (refusal: HttpProblem, request: FastifyRequest, reply: FastifyReply): void => {
  // the path alone: a query may hold names of customers
  const [path = ''] = request.url.split('?', 1);
  void reply
    .code(refusal.status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problemOf(refusal, path, request.id))));
};

const brokenHttp: Readonly<Record<string, HttpProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new HttpProblem(408, 'request.timeout'),
  HPE_HEADER_OVERFLOW: new HttpProblem(431, 'request.headers-too-large'),
};

/** What came is not HTTP, or not in time: there is neither request nor reply, only the socket. */
export const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = brokenHttp[error.code ?? ''] ?? new HttpProblem(400, 'request.invalid');
  const body = JSON.stringify(problemOf(refusal, '', randomUUID().replaceAll('-', '')));
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
};
