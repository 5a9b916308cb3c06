import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { as, createHost, type Host } from './host.ts';

const ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';
const TRPC_INPUT = encodeURIComponent(JSON.stringify({ json: { noteId: ID } }));

let host: Host;
beforeAll(async () => {
  host = await createHost({ corsOrigins: ['https://app.example.org', 'http://localhost:5173'] });
});
afterAll(() => host.close());

const ANSWERS: [what: string, request: string, status: number][] = [
  ['an answer', `GET /v1/notes/${ID}`, 200],
  ['an answer to a user', 'GET /v1/asked', 200],
  ['a create', 'POST /v1/notes', 201],
  ['nothing', `DELETE /v1/notes/${ID}`, 204],
  ['tRPC', `GET /trpc/posts.get?input=${TRPC_INPUT}`, 200],
  ['an error of tRPC', 'GET /trpc/posts.get', 400],
  ['bad input', 'GET /v1/notes?limit=0', 400],
  ['a refused admin', 'GET /v1/audit', 403],
  ['nowhere', 'GET /nowhere', 404],
  ['a wrong method', 'PUT /v1/notes', 405],
  ['what is allowed', 'OPTIONS /v1/notes', 204],
  ['a bad URL', 'GET /v1/notes/%ff', 400],
  ['a failure', 'GET /v1/failures/thrown', 500],
  ['health', 'GET /health', 200],
  ['readiness', 'GET /health/ready', 200],
  ['the document', 'GET /openapi.json', 200],
  ['the docs page', 'GET /docs', 200],
  ['the page of errors', 'GET /docs/errors', 200],
  ['a script of the docs page', 'GET /docs/site.js', 200],
  ['what the app is told', 'GET /app/settings.json', 200],
  ['the way to the docs', 'GET /', 302],
];

describe.each(ANSWERS)('%s', (_, request, status) => {
  test(`${request} has the security headers`, async () => {
    const payload = request.startsWith('POST') ? { payload: { text: 'Milk' } } : {};
    const response = await host.send(request, { ...as('alice'), ...payload });
    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(response.headers).not.toHaveProperty('server');
    expect(response.headers).not.toHaveProperty('x-powered-by');
    expect(response.headers).not.toHaveProperty('set-cookie');
    const isPublic = request.includes('/docs') || request.includes('openapi');
    if (!isPublic) expect(response.headers['cache-control']).toBe('no-store');
  });
});

test('without TLS there is no word of it', async () => {
  const plain = await createHost({ publicUrl: 'http://localhost:8080' });
  const response = await plain.send('GET /health');
  expect(response.headers).not.toHaveProperty('strict-transport-security');
  await plain.close();
});

describe('the request id', () => {
  test.each(['a', 'R-1.2_3', 'x'.repeat(128)])('%s is taken and echoed', async (id) => {
    const response = await host.send('GET /v1/nothing', { headers: { 'x-request-id': id } });
    expect(response.headers['x-request-id']).toBe(id);
    expect(response.json().requestId).toBe(id);
  });

  test.each(['', ' ', 'x'.repeat(129), 'a b', 'a,b', 'é', '<script>', '"', '../../etc'])(
    '%j is not taken, one is made',
    async (id) => {
      const response = await host.send('GET /health', { headers: { 'x-request-id': id } });
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('other origins', () => {
  const preflight = (origin: string, request = 'OPTIONS /v1/notes') =>
    host.send(request, { headers: { origin, 'access-control-request-method': 'POST' } });

  test.each(['https://app.example.org', 'http://localhost:5173'])(
    '%s may read answers and errors',
    async (origin) => {
      for (const request of ['GET /v1/notes', 'GET /nowhere', 'GET /v1/failures/thrown', 'PUT /v1/notes']) {
        const { headers } = await host.send(request, { headers: { origin } });
        expect(headers['access-control-allow-origin']).toBe(origin);
        expect(headers.vary).toContain('Origin');
        expect(headers['access-control-expose-headers']).toBe(
          'X-Request-Id, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Deprecation, Sunset, Link',
        );
        expect(headers).not.toHaveProperty('access-control-allow-credentials');
      }
    },
  );

  test.each([
    'https://evil.example',
    'https://app.example.org.evil.example',
    'https://app.example.org:444',
    'http://app.example.org',
    'https://sub.app.example.org',
    'HTTPS://APP.EXAMPLE.ORG',
    'null',
    '*',
    '',
  ])('%j may not', async (origin) => {
    for (const response of [
      await preflight(origin),
      await host.send('GET /v1/notes', { headers: { origin } }),
    ]) {
      expect(response.headers).not.toHaveProperty('access-control-allow-origin');
      expect(response.headers.vary).toContain('Origin');
    }
  });

  test.each(['OPTIONS /v1/notes', 'OPTIONS /trpc/posts.create', 'OPTIONS /health'])(
    'a preflight of %s is answered before anything else',
    async (request) => {
      const response = await preflight('https://app.example.org', request);
      expect(response.statusCode).toBe(204);
      expect(response.headers).toMatchObject({
        'access-control-allow-origin': 'https://app.example.org',
        'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
        'access-control-allow-headers': expect.stringContaining('Idempotency-Key'),
        'access-control-max-age': '600',
      });
      expect(host.gate.authenticated).not.toContain('nobody');
    },
  );

  test('tRPC keeps both reasons to vary', async () => {
    const { headers } = await host.send(`GET /trpc/posts.get?input=${TRPC_INPUT}`, {
      headers: { origin: 'https://app.example.org' },
    });
    expect(headers.vary).toBe('Origin, trpc-accept, accept');
  });

  test('without any origin configured no answer speaks of origins', async () => {
    const closed = await createHost();
    const { headers } = await closed.send('GET /v1/notes', {
      headers: { origin: 'https://app.example.org' },
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    await closed.close();
  });
});
