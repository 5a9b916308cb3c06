import type { HttpOptions } from '../../server/api/http.ts';
import { follows, users } from '../../server/schema/index.ts';
import { serverFor } from './server.ts';
import { createWorld, type World } from './world.ts';

export type Host = Awaited<ReturnType<typeof startHost>>;

/** Wide enough for a test to come from one address. */
export const WIDE_LIMITS = { rateLimitFactor: 1000, signupsPerAddressPerDay: 1000 };

/** A world behind the real HTTP server on a real port. */
export async function startHost(world?: World, options: Partial<HttpOptions> = {}, port = 0) {
  const inner = world ?? (await createWorld({ settings: WIDE_LIMITS }));
  const server = await serverFor(inner.app, {
    probes: { postgres: async () => void (await inner.database.sql`select 1`) },
    ...options,
  });
  const url = await server.listen({ port, host: '127.0.0.1' });

  /** A new follower of the user, made by the shortest way. */
  async function insertFollower(userId: string, handle: string): Promise<void> {
    const [row] = await inner.app.db
      .insert(users)
      .values({ handle, email: `${handle}@example.org`, displayName: handle })
      .returning({ id: users.id });
    await inner.app.db.insert(follows).values({ followerId: row!.id, followeeId: userId });
  }

  async function close(): Promise<void> {
    await server.close();
    await inner.close();
  }

  return { ...inner, url, server, insertFollower, close };
}
