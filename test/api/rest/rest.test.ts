import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, createHost, type Host } from '../host.ts';
import { CANARY } from '../notes.ts';

const ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

let host: Host;
beforeAll(async () => {
  host = await createHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.seen.inputs.length = 0;
});

describe('the body and the path', () => {
  test('are one input', async () => {
    const response = await host.send(`PATCH /v1/notes/${ID.toUpperCase()}`, {
      ...as('alice'),
      payload: { text: ' Bread ' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ id: ID, text: 'Bread' });
  });

  test.each([
    ['a field that repeats the path', { noteId: ID, text: 'Bread' }, 'noteId'],
    ['an unknown field', { text: 'Bread', ownerId: ID }, 'ownerId'],
    ['a number for a text', { text: 7 }, 'text'],
    ['text for a list', { text: 'Bread', tags: 'kitchen' }, 'tags'],
    ['null', { text: null }, 'text'],
    ['nothing', {}, 'text'],
  ])('%s is refused, and named', async (_, payload, field) => {
    const response = await host.send(`PATCH /v1/notes/${ID}`, { ...as('alice'), payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(host.seen.inputs).toEqual([]);
  });

  test.each([['[]'], ['"text"'], ['7'], ['null'], ['true']])('a body of %s is no object', async (payload) => {
    const response = await host.send('POST /v1/notes', {
      payload,
      headers: { ...as('alice').headers, 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid_input' });
    expect(host.seen.inputs).toEqual([]);
  });

  test('a query on a write is refused', async () => {
    const response = await host.send('POST /v1/notes?text=Bread', {
      ...as('alice'),
      payload: { text: 'Milk' },
    });
    expect(response.json()).toMatchObject({ status: 400, errors: [{ field: 'text' }] });
  });

  test('a path parameter that is no UUID is a bad field', async () => {
    const response = await host.send('GET /v1/notes/17');
    expect(response.json()).toMatchObject({ status: 400, errors: [{ field: 'noteId' }] });
  });

  test('a time in a body arrives as a time', async () => {
    const due = '2026-12-24T18:00:00.000Z';
    await host.send('POST /v1/notes', { ...as('alice'), payload: { text: 'Gifts', due } });
    expect(host.seen.inputs).toEqual([{ text: 'Gifts', tags: [], due: new Date(due) }]);
  });

  test('a missing body counts as an empty one', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const response = await host.send(`POST /v1/notes/${ID}/finish`, {
        headers: { ...as('alice').headers, ...headers },
      });
      expect(response.statusCode).toBe(202);
    }
  });

  test('a DELETE may have a body or none', async () => {
    expect((await host.send(`DELETE /v1/notes/${ID}`, as('alice'))).statusCode).toBe(204);
    const response = await host.send(`DELETE /v1/notes/${ID}`, {
      ...as('alice'),
      payload: { reason: 'old' },
    });
    expect(response.statusCode).toBe(204);
    expect(host.seen.inputs).toEqual([{ noteId: ID }, { noteId: ID, reason: 'old' }]);
  });
});

describe('responses', () => {
  test('a create is a 201 with the path of what it made', async () => {
    const response = await host.send('POST /v1/notes', { ...as('alice'), payload: { text: 'Milk' } });
    expect(response.statusCode).toBe(201);
    expect(response.headers.location).toBe(`/v1/notes/${response.json().note.id}`);
  });

  test('no answer is a 204 without body or type', async () => {
    const response = await host.send(`DELETE /v1/notes/${ID}`, as('alice'));
    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(response.headers).not.toHaveProperty('content-type');
  });

  test('an alias does the same', async () => {
    const response = await host.send(`POST /v1/notes/${ID}/done`, as('alice'));
    expect(response.statusCode).toBe(202);
    expect(host.seen.inputs).toEqual([{ noteId: ID }]);
  });

  test('times are ISO 8601 with milliseconds, and nothing undeclared is in it', async () => {
    const response = await host.send(`GET /v1/notes/${ID}`);
    expect(response.json().createdAt).toBe('2026-11-23T09:30:00.123Z');
    expect(Object.keys(response.json())).toEqual(['id', 'text', 'tags', 'createdAt', 'doneAt']);
    expect(response.body).not.toContain(CANARY);
  });

  test('HEAD says what GET would, without the body', async () => {
    const head = await host.send(`HEAD /v1/notes/${ID}`);
    const get = await host.send(`GET /v1/notes/${ID}`);
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
  });

  test('large responses are compressed on request, small ones are not', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const large = await host.send('GET /v1/notes?limit=50', { headers });
    const small = await host.send('GET /v1/notes?limit=1', { headers });
    expect(large.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(small.headers).not.toHaveProperty('content-encoding');
  });
});

describe('methods', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE'] as const)(
    '%s on a list is a 405 that says what is allowed',
    async (method) => {
      const response = await host.send(`${method} /v1/notes`, { ...as('alice') });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
      expect(response.json()).toMatchObject({ code: 'method_not_allowed', status: 405 });
    },
  );

  test('a wrong method is reported before a wrong content type', async () => {
    const response = await host.send('PUT /v1/notes', {
      payload: '<a/>',
      headers: { 'content-type': 'text/xml' },
    });
    expect(response.statusCode).toBe(405);
  });

  test('OPTIONS returns the allowed methods', async () => {
    const response = await host.send(`OPTIONS /v1/notes/${ID}`);
    expect(response.statusCode).toBe(204);
    expect(response.headers.allow).toBe('GET, HEAD, PATCH, DELETE, OPTIONS');
  });

  test.each(['/v1', '/v1/nothing', '//v1/notes', '/V1/notes', '/v1/notes.json', '/v1%2fnotes', '/trpc'])(
    '%s is nowhere',
    async (path) => {
      const response = await host.send(`GET ${path}`);
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(response.json()).toMatchObject({ code: 'not_found', status: 404 });
    },
  );

  test('a header or a field does not stand for another method', async () => {
    const response = await host.send(`POST /v1/notes/${ID}`, {
      ...as('alice'),
      headers: { ...as('alice').headers, 'x-http-method-override': 'DELETE' },
    });
    expect(response.statusCode).toBe(405);
    expect(host.seen.inputs).toEqual([]);
  });
});

describe('a client that disconnects', () => {
  test('aborts the signal of its procedure, and is no failure', async () => {
    const gone = new AbortController();
    await host.server.listen({ port: 0, host: '127.0.0.1' });
    const url = `${host.server.listeningOrigin}/v1/slow?ms=60000`;
    const answer = fetch(url, { signal: gone.signal }).catch((error: Error) => error.name);
    await expect.poll(() => host.seen.signals.length).toBe(1);
    gone.abort();
    expect(await answer).toBe('AbortError');
    await expect.poll(() => host.seen.signals[0]!.aborted).toBe(true);
    await expect.poll(() => host.lines.at(-1)).toMatchObject({ route: '/v1/slow', status: 499 });
    expect(host.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
