import type { FastifyInstance } from 'fastify';

const EXPOSED =
  'X-Request-Id, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Deprecation, Sunset, Link';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
  'access-control-allow-headers':
    'Authorization, Content-Type, Idempotency-Key, X-Request-Id, X-Ciel-Client, trpc-accept, Last-Event-ID',
  'access-control-max-age': '600',
};

/** Lets pages of exactly these origins read responses. Tokens travel in a header, so cookies are not allowed. */
export function allowOrigins(server: FastifyInstance, origins: string[]): void {
  const allowed = new Set(origins);
  if (!allowed.size) return;
  server.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', EXPOSED);
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
    if (!isPreflight) return done();
    reply.code(204).headers(PREFLIGHT).send();
  });
}
