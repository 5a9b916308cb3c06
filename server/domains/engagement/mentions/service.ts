import type { App } from '../../../core/app.ts';
import { mentionsOf } from '../../../core/mentions.ts';
import { findMentioned } from '../../users/public.ts';
import type { CommentRow } from '../comments/queries.ts';
import { deleteMentions, findMentions, insertMentions } from './queries.ts';

/**
 * Makes the stored mentions agree with the comment's text. Returns everyone mentioned before or now. The caller holds
 * the comment or has just inserted it.
 */
export async function saveMentions(
  app: App,
  { id, authorId, body }: Pick<CommentRow, 'id' | 'authorId' | 'body'>,
): Promise<string[]> {
  const before = await findMentions(app.db, id);
  const after = await findMentioned(app, authorId, mentionsOf(body));
  await deleteMentions(
    app.db,
    id,
    before.filter((userId) => !after.includes(userId)),
  );
  await insertMentions(
    app.db,
    id,
    after.filter((userId) => !before.includes(userId)),
  );
  return [...new Set([...before, ...after])];
}
