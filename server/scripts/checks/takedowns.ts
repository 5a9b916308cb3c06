import { sql } from 'drizzle-orm';
import type { Check } from './check.ts';

/** What takedowns mark, so that it stays down. */
export const takedownChecks: Check[] = [
  {
    name: 'markWithoutTakedown',
    says: 'marks of photographs without a takedown in force',
    // A mark for everybody outlasts the account, and with it the action. Releases that know no marks end a takedown without them;
    // a cleanup task follows within minutes.
    broken: sql`
      select mark.id::text from takedown_marks mark left join actions on actions.id = action_id
      where undone_at < now() - interval '10 minutes' or kind <> 'takedown' or (actions.id is null and owner_id is not null)`,
  },
  {
    name: 'takedownUnmarked',
    says: 'photographs that a takedown in force names and that are not marked',
    broken: sql`
      select actions.id || ' ' || media.id as id from actions, jsonb_array_elements_text(media_ids) named
      join media on media.id = named::uuid
      where kind = 'takedown' and undone_at is null and not exists (
        select from takedown_marks mark where mark.action_id = actions.id and mark.content = named)`,
  },
  {
    name: 'markUnhashed',
    says: 'marked photographs whose hashes are known but not marked',
    broken: sql`
      select mark.id || ' ' || media.id as id from takedown_marks mark join media on media.id::text = mark.content,
        unnest(array[upload_sha256, original_sha256]) hash
      where hash is not null and not exists (
        select from takedown_marks other where other.action_id = mark.action_id and other.content = hash)`,
  },
  {
    name: 'markForOthers',
    says: 'marks that are for everybody, or not, though their takedown says otherwise',
    broken: sql`
      select mark.id::text from takedown_marks mark join actions on actions.id = action_id
      where everywhere <> (owner_id is null) or owner_id <> actions.user_id`,
  },
];
