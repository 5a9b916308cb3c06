import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CielError, notFound } from '../../core/errors.ts';
import type { Log } from '../../infra/log/log.ts';
import { logFailure } from '../monitoring/failureLog.ts';
import { noteUnavailable } from '../monitoring/unavailability.ts';
import { problemFor, problemHeaders } from './problems.ts';
import { toCielError } from './toCielError.ts';

/** Sends an error as a problem, and logs it when the server is at fault. */
export const createErrorResponder =
  (log: Log) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = toCielError(error);
    noteUnavailable(request, known);
    if (known.code === 'internal') {
      logFailure(log, error, { requestId: request.id, procedure: request.procedures ?? undefined });
    }
    const problem = problemFor(known, request.id);
    return reply.code(problem.status).headers(problemHeaders(known)).send(JSON.stringify(problem));
  };

export function handleUnknownRoutes(server: FastifyInstance): void {
  server.setNotFoundHandler(() => {
    throw notFound();
  });
}

interface SocketError extends Error {
  code?: string;
}

/** For what never became a request: headers that are too long or too slow, or bytes that are not HTTP. */
export function respondToSocketError(error: SocketError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const requestId = randomUUID();
  const known = socketErrorOf(error.code);
  const problem = problemFor(known, requestId, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : undefined);
  const body = JSON.stringify(problem);
  const headers = {
    ...problemHeaders(known),
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write(
    [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n'),
  );
  socket.destroySoon();
}

function socketErrorOf(code: string | undefined): CielError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new CielError('request_timeout');
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new CielError('payload_too_large', { detail: 'The headers are too long' });
  }
  return new CielError('invalid_input', { detail: 'The request is not valid HTTP' });
}
