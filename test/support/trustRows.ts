import { randomUUID } from 'node:crypto';
import { insertMedia } from './mediaRows.ts';
import type { Person, World } from './world.ts';

/** Inserts posts with a photograph each; returns their ids. */
export async function writePosts(world: World, author: Pick<Person, 'id' | 'viewer'>, count: number) {
  const ids: string[] = [];
  for (const mediaId of await insertMedia(world, author, count))
    ids.push((await world.as(author).posts.create({ mediaIds: [mediaId], visibility: 'public' })).id);
  return ids;
}

/** Makes the user's account this many days older. */
export const makeOlder = async ({ database: { sql } }: World, { id }: { id: string }, days: number) => {
  await sql`update users set created_at = now() - ${days} * interval '1 day' where id = ${id}`;
};

/** Inserts an operator's action against a user, without its effects. */
export async function insertAction(
  { database: { sql } }: World,
  { id }: { id: string },
  kind: 'strike' | 'takedown' | 'warn' = 'strike',
): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into actions (kind, subject_type, subject_id, user_id, actor, rule, reason)
    values (${kind}, 'user', ${id}, ${id}, 'Zoe', 'Be kind', 'Was not kind') returning id`;
  return row!.id;
}

/** Inserts upheld reports of the user, each by another user; returns their ids. */
export async function insertUpheldReports(world: World, { id }: { id: string }, count: number) {
  const { sql } = world.database;
  const actionId = await insertAction(world, { id }, 'warn');
  const reports: string[] = [];
  for (let n = 0; n < count; n++) {
    const [row] = await sql<{ id: string }[]>`
      with opened as (
        insert into cases (subject_type, subject_id, owner_id, priority, report_count, status, resolved_at, resolution, reason)
        values ('post', ${randomUUID()}, ${id}, 1, 1, 'resolved', now(), 'warn', 'Was not kind') returning id)
      insert into reports (case_id, round, category, weight, snapshot, resolved_at, action_id)
      select id, 1, 'spam', 1, '{}', now(), ${actionId} from opened returning id`;
    reports.push(row!.id);
  }
  return { actionId, reports };
}
