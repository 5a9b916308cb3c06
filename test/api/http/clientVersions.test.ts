import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ClientTooOldError, createCiel, type Deprecation } from '../../../sdk/src/index.ts';
import { version } from '../../../sdk/src/version.ts';
import { openApiDocument } from '../../../server/api/openapi/document.ts';
import { endpointsOf } from '../../../server/api/rest/endpoints.ts';
import { type Deprecated, publicProcedure, router } from '../../../server/core/procedures.ts';
import { createHost, type Host, listen } from '../host.ts';

let host: Host;
afterEach(() => host.close());

const from = (client: string) => ({ headers: { 'x-ciel-client': client } });

describe('a client', () => {
  const statusOf = async (client: string, request = 'GET /trpc/posts.get?input=%7B%7D') =>
    (await host.send(request, from(client))).statusCode;

  test('older than the oldest supported version is refused on every call', async () => {
    host = await createHost({ minClientVersion: '1.10.2' });
    for (const old of ['sdk/1.10.1', 'sdk/1.9.9', 'sdk/0.99.99', 'sdk/1.10.1-beta.3'])
      expect([old, await statusOf(old)]).toEqual([old, 426]);
    for (const good of ['sdk/1.10.2', 'sdk/1.10.10', 'sdk/2.0.0', 'other/0.1', 'sdk', 'sdk/x', ''])
      expect([good, await statusOf(good)]).toEqual([good, 400]);
    expect(await statusOf('sdk/1.10.1', 'GET /v1/notes')).toBe(200);
    const answer = await host.send('POST /trpc/posts.create', { ...from('sdk/0.1.0'), payload: {} });
    expect(answer.json().error.json).toMatchObject({
      message: '@ciel/sdk 0.1.0 is too old: use 1.10.2 or later',
      data: { code: 'client_too_old', httpStatus: 426 },
    });
    expect(host.gate.spent).toHaveLength(8);
  });

  test('hears it as an error of its own class, at once', async () => {
    host = await createHost({ minClientVersion: '99.0.0' });
    const url = `http://127.0.0.1:${await listen(host.server)}`;
    const error = await createCiel({ url })
      .media.policy()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ClientTooOldError);
    expect(error).toMatchObject({ status: 426, message: expect.stringContaining(version) });
  });

  test('of this version is answered', async () => {
    host = await createHost();
    expect(await statusOf(`sdk/${version}`)).toBe(400);
  });
});

describe('what will go', () => {
  const surface = (deprecated: Deprecated) =>
    router({
      media: router({
        policy: publicProcedure
          .meta({ rest: 'GET /media/policy', limit: 'anonymousRead', summary: 'Old', deprecated })
          .input(z.strictObject({}))
          .output(z.object({ old: z.boolean().meta({ examples: [true] }) }))
          .query(() => ({ old: true })),
      }),
      rateLimiter: router({
        list: publicProcedure
          .meta({ rest: 'GET /limits', limit: 'anonymousRead', summary: 'New' })
          .input(z.strictObject({}))
          .output(z.object({ old: z.boolean().meta({ examples: [false] }) }))
          .query(() => ({ old: false })),
      }),
    });
  const FULL = { since: '2026-11-01', sunset: '2027-05-01', instead: 'media.rules' };

  test.each(['/v1/media/policy', '/trpc/media.policy?input=%7B%22json%22%3A%7B%7D%7D'])(
    'says since when, until when and what instead, at %s',
    async (path) => {
      host = await createHost({ router: surface(FULL) });
      const { headers, statusCode } = await host.send(`GET ${path}`);
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({
        deprecation: '@1793491200',
        sunset: 'Sat, 01 May 2027 00:00:00 GMT',
        link: '</docs#/media/mediaRules>; rel="successor-version"',
      });
      expect((await host.send('GET /v1/limits')).headers).not.toHaveProperty('deprecation');
    },
  );

  test('is marked in the document', async () => {
    host = await createHost();
    const { paths } = openApiDocument(endpointsOf(surface({ since: '2026-11-01' })), '1.0.0');
    expect(paths['/media/policy']!.get).toMatchObject({ deprecated: true });
    expect(paths['/limits']!.get).not.toHaveProperty('deprecated');
  });

  test('is reported to the user of the SDK, once for each call', async () => {
    host = await createHost({ router: surface(FULL) });
    const told: Deprecation[] = [];
    const ciel = createCiel({
      url: `http://127.0.0.1:${await listen(host.server)}`,
      onDeprecation: (deprecation) => told.push(deprecation),
    });
    await ciel.media.policy();
    await ciel.media.policy();
    await ciel.rateLimiter.list();
    expect(told).toEqual([
      {
        calls: ['media.policy'],
        since: new Date('2026-11-01'),
        sunset: new Date('2027-05-01'),
        link: '/docs#/media/mediaRules',
      },
    ]);
  });
});
