import type { App } from '../../core/app.ts';
import type { Relationship } from './contract.ts';
import { findRelationships } from './relationshipQueries.ts';

/** The viewer's relationship with each of the users, by id. Does not check visibility. */
export async function relationshipsOf(
  app: App,
  viewerId: string,
  userIds: string[],
): Promise<Map<string, Relationship>> {
  if (userIds.length === 0) return new Map();
  const rows = await findRelationships(app.db, viewerId, userIds);
  return new Map(
    rows.map(({ id, ...facts }) => [id, { ...facts, mutual: facts.following && facts.followedBy }]),
  );
}
