import { expect } from 'vitest';
import { testWith } from '../support/fixtures.ts';
import { serverFor } from '../support/server.ts';
import type { World } from '../support/world.ts';

let world: World;
const test = testWith({ settings: { rateLimitFactor: 1000 } });
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

test('more keyed requests at once than connections wait for each other, and all finish', async () => {
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
