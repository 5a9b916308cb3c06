import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { CielError } from '../../core/errors.ts';

const MAX_DEPTH = 64;
const BODY_WITHIN_MS = 9_000;
const MAX_DISCARDED = 32 * 1024 * 1024;

/**
 * Accepts only JSON bodies, parsed by one parser for both surfaces: in UTF-8, uncompressed, of limited depth, without keys that reach
 * a prototype, and complete within the time limit. An empty body counts as none.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    if (!isUtf8(bytes)) return done(new CielError('invalid_input', { detail: 'The body is not UTF-8' }));
    const body = bytes.toString();
    if (isTooDeep(body))
      return done(new CielError('invalid_input', { detail: 'The body is nested too deeply' }));
    return parse(request, body, done);
  });

  server.addHook('onRequest', (request, _reply, done) => {
    const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers;
    const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1] ?? 'utf-8';
    const isPlain = encoding.toLowerCase() === 'identity' && charset.toLowerCase() === 'utf-8';
    done(isPlain ? undefined : new CielError('unsupported_media_type'));
  });

  server.addHook('preParsing', ({ headers }, _reply, payload, done) => {
    if (!headers['content-length'] && !headers['transfer-encoding']) return done(null, payload);
    const timer = setTimeout(() => {
      // An error event, not destroy(): the response still has to go out on this connection.
      if (payload.listenerCount('error')) payload.emit('error', new CielError('request_timeout'));
    }, BODY_WITHIN_MS);
    payload.once('close', () => clearTimeout(timer));
    done(null, payload);
  });

  // A client that is still sending does not read yet, and would see a broken connection instead of the response.
  server.addHook('onSend', ({ raw }, reply, payload, done) => {
    if (reply.statusCode !== 413 || raw.readableEnded) return done(null, payload);
    discardRest(raw, () => done(null, payload));
  });
}

/** Discards up to MAX_DISCARDED bytes, and for no longer than a body may take. */
function discardRest(message: IncomingMessage, done: () => void): void {
  let discarded = 0;
  const enough = (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED) stop();
  };
  const stop = () => {
    message.off('data', enough).off('end', stop).off('close', stop).off('error', stop);
    done();
  };
  message.on('data', enough).on('end', stop).on('close', stop).on('error', stop).resume();
}

function isTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === 0x22) at = endOfString(json, at);
    else if (char === 0x5b || char === 0x7b) depth += 1;
    else if (char === 0x5d || char === 0x7d) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function endOfString(json: string, start: number): number {
  let at = json.indexOf('"', start + 1);
  while (at > 0 && isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at < 0 ? json.length : at;
}

function isEscaped(json: string, at: number): boolean {
  let slashes = 0;
  while (json.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}
