import type { App } from '../../core/app.ts';
import { CielError } from '../../core/errors.ts';
import { type Actor, actorOf, operator } from './callers.ts';
import { demoStories, demoUsers } from './content.ts';
import { bookmarks, circles, comments, likes, reports, storyViews, takedown } from './interactions.ts';
import { postsOf, storiesOf } from './seedContent.ts';

const idOf = async (app: App, handle: string) => (await actorOf(app, handle)).id;

/** Follows, follow requests, close friends and mutes. */
export async function connect(app: App): Promise<void> {
  for (const { handle, follows } of demoUsers) {
    const { caller } = await actorOf(app, handle);
    for (const followed of follows) await caller.social.follow({ userId: await idOf(app, followed) });
  }
  for (const { owner, accepts = [], closeFriends = [], mutes = [] } of circles) {
    const { caller } = await actorOf(app, owner);
    const { items } = await caller.social.requests({});
    for (const { user } of items)
      if (accepts.includes(user.handle)) await caller.social.acceptRequest({ userId: user.id });
    for (const friend of closeFriends)
      await caller.social.addCloseFriend({ userId: await idOf(app, friend) });
    for (const muted of mutes) await caller.social.mute({ userId: await idOf(app, muted) });
  }
}

/** Likes, comments and bookmarks. */
export async function interact(app: App): Promise<void> {
  for (const { by, ...of } of likes) {
    const postId = await postIdOf(app, of);
    for (const handle of by) await (await actorOf(app, handle)).caller.engagement.like({ postId });
  }
  for (const { by, body, replyTo, likedBy = [], ...of } of comments) {
    const { caller } = await actorOf(app, by);
    const postId = await postIdOf(app, of);
    const parentId = replyTo && (await commentIdOf(app, postId, replyTo));
    const commentId =
      (await commentIdOf(app, postId, body)) ??
      (await caller.engagement.comment({ postId, body, parentId })).id;
    for (const handle of likedBy)
      await (await actorOf(app, handle)).caller.engagement.likeComment({ postId, commentId });
  }
  for (const { by, ...of } of bookmarks)
    await (await actorOf(app, by)).caller.posts.bookmark({ postId: await postIdOf(app, of) });
}

/** Story views and reactions, and highlights. */
export async function viewStories(app: App): Promise<void> {
  for (const { by, author, caption, emoji } of storyViews) {
    const storyId = await storyIdOf(await actorOf(app, author), caption);
    const { caller } = await actorOf(app, by);
    await caller.stories.seen({ storyId });
    if (emoji) await caller.stories.react({ storyId, emoji });
  }
  for (const { author, caption, highlight } of demoStories) {
    if (!highlight) continue;
    const actor = await actorOf(app, author);
    await actor.caller.highlights.add({
      storyId: await storyIdOf(actor, caption),
      highlightName: highlight,
    });
  }
}

/** Reports, and an operator's takedown of one reported post. */
export async function moderate(app: App): Promise<void> {
  for (const { by, category, reason, ...of } of reports) {
    const { caller } = await actorOf(app, by);
    const postId = await postIdOf(app, of);
    await caller.moderation.flagPost({ postId, category, reason }).catch(unlessReported);
  }
  const { moderation } = operator(app, takedown.operator);
  const postId = await postIdOf(app, takedown.of);
  const { items } = await moderation.cases({ status: 'open', limit: 200 });
  const open = items.find(({ subjectId }) => subjectId === postId);
  const { rule, reason } = takedown;
  if (open) await moderation.resolveCase({ caseId: open.id, action: 'takedown', rule, reason });
}

/** A start that was interrupted may have reported it, after which it can be hidden from the reporter. */
function unlessReported(error: { cause?: unknown }): void {
  const { cause } = error;
  if (!(cause instanceof CielError && ['already_reported', 'not_found'].includes(cause.code))) throw error;
}

async function postIdOf(app: App, { author, caption }: { author: string; caption: string }): Promise<string> {
  const posts = await postsOf(await actorOf(app, author));
  return posts.find((post) => post.caption === caption)!.id;
}

/** Looked up as its author, who sees every story. */
async function storyIdOf(author: Actor, caption: string): Promise<string> {
  return (await storiesOf(author)).find((story) => story.caption === caption)!.id;
}

async function commentIdOf(app: App, postId: string, body: string): Promise<string | undefined> {
  const { items } = await operator(app, 'demo').engagement.comments({ postId, limit: 200 });
  return items.flatMap((thread) => [thread, ...thread.replies]).find((comment) => comment.body === body)?.id;
}
