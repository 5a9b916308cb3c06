import type { App } from '../../core/app.ts';
import { mentionsOf } from '../../core/mentions.ts';
import { findMentioned } from '../users/service.ts';
import type { CommentRow } from './commentQueries.ts';
import { deleteMentions, findMentions, insertMentions } from './mentionQueries.ts';

/** Makes the rows agree with what the comment says; answers whom it mentioned before or mentions now. The comment is locked or new. */
export async function rememberMentions(
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
