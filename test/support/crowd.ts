import type { Viewer } from '../../server/core/context.ts';
import { handles, users } from '../../server/schema/index.ts';
import type { World } from './world.ts';

export interface Extra {
  id: string;
  handle: string;
  viewer: Viewer;
}

/** Many people at once, straight into the table: without passwords, for tests that need numbers and no sign-in. */
export async function crowd(world: World, count: number, prefix = 'extra'): Promise<Extra[]> {
  const people = Array.from({ length: count }, (_, index) => {
    const handle = `${prefix}_${index}`;
    return { handle, email: `${handle}@example.org`, displayName: handle };
  });
  const rows = await world.app.db
    .insert(users)
    .values(people)
    .returning({ id: users.id, handle: users.handle });
  await world.app.db
    .insert(handles)
    .values(rows.map(({ id, handle }) => ({ handle: handle.toLowerCase(), userId: id })));
  return rows.map(({ id, handle }) => ({
    id,
    handle,
    viewer: { id, handle, trustLevel: 0, isPrivate: false, sessionId: null },
  }));
}
