import type { App } from '../../../core/app.ts';
import { mentionsOf } from '../../../core/mentions.ts';
import { enqueue } from '../../../core/outbox.ts';
import { findMentioned } from '../../users/public.ts';
import type { PostRow } from '../queries.ts';
import { hashtagsOf } from './hashtags.ts';
import * as queries from './queries.ts';

type Captioned = Pick<PostRow, 'id' | 'authorId' | 'caption' | 'createdAt'>;

/** Makes the rows agree with the caption; returns whom it mentioned before or mentions now. The post is locked or new. */
export async function saveHashtagsAndMentions(app: App, post: Captioned): Promise<string[]> {
  await queries.replaceHashtags(app.db, post, [...hashtagsOf(post.caption)]);
  const before = await queries.findMentions(app.db, post.id);
  const after = await findMentioned(app, post.authorId, mentionsOf(post.caption));
  await queries.deleteMentions(
    app.db,
    post.id,
    before.filter((userId) => !after.includes(userId)),
  );
  await queries.insertMentions(
    app.db,
    post.id,
    after.filter((userId) => !before.includes(userId)),
  );
  return [...new Set([...before, ...after])];
}

/** For a deleted post: removes its hashtags and mentions. Returns whom it mentioned. */
export const clearHashtagsAndMentions = (app: App, post: Captioned): Promise<string[]> =>
  saveHashtagsAndMentions(app, { ...post, caption: '' });

/** To be called after a published post appears, disappears, or changes its caption or audience. */
export async function reconcilePost(
  app: App,
  { id, authorId }: Pick<PostRow, 'id' | 'authorId'>,
  mentioned?: string[],
): Promise<void> {
  for (const recipientId of mentioned ?? (await queries.findMentions(app.db, id))) {
    await enqueue(app, 'notifications.settle', {
      notice: { kind: 'mentioned', recipientId, actorId: authorId, subjectId: id, sourceId: id },
    });
  }
  await enqueue(app, 'trust.settle', { change: { userId: authorId, act: 'post', sourceId: id } });
}
