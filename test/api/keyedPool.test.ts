import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverFor } from '../support/server.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ settings: { rateLimitFactor: 1000 } });
});
afterAll(() => world.close());

test('more keyed requests at once than there are connections wait for each other, and not for ever', async () => {
  const { app } = world;
  const server = await serverFor(app);
  const { alice } = await world.people('alice');
  const requests = Array.from({ length: 30 }, (_, n) =>
    server.inject({
      method: 'POST',
      url: '/v1/auth/password',
      headers: {
        authorization: `Bearer ${alice.tokens.accessToken}`,
        'idempotency-key': `key-${n}`,
      },
      payload: { currentPassword: 'not the password', newPassword: 'another bench under snow' },
    }),
  );
  const statuses = new Set((await Promise.all(requests)).map(({ statusCode }) => statusCode));
  expect([...statuses].sort()).toEqual([401]);
  await server.close();
});
