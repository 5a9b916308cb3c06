import { randomBytes } from 'node:crypto';
import { quickPost } from './comments.ts';
import { crowd, type Extra } from './crowd.ts';
import { insertMedia } from './mediaRows.ts';
import { quickStory } from './stories.ts';
import type { Caller, Person, World } from './world.ts';

/** Two users without a relationship; the first makes the calls. */
export interface Stage {
  world: World;
  one: Extra;
  other: Extra;
}

/** Prepares everything for one write, and returns the write. */
export type Submit = (stage: Stage) => Promise<(caller: Caller) => Promise<unknown>>;

let stages = 0;

export async function createStage(world: World): Promise<Stage> {
  const [one, other] = (await crowd(world, 2, `stage${++stages}`)) as [Extra, Extra];
  return { world, one, other };
}

/** A user with a password, instead of the first. */
async function withPassword(stage: Stage): Promise<Person> {
  const person = await stage.world.person(`known${++stages}`);
  stage.one = person;
  return person;
}

const verdict = { rule: 'No spam', reason: 'Sells watches' };
const flag = { category: 'spam' as const };

async function comment({ world, one }: Stage, postId: string) {
  const { id: commentId } = await world.as(one).engagement.comment({ postId, body: 'Cold' });
  return { postId, commentId };
}

async function highlight({ world, one }: Stage) {
  const { id: storyId } = await quickStory(world, one);
  const { id: highlightId } = await world.as(one).highlights.add({ storyId, highlightName: 'Snow' });
  return { highlightId, storyId };
}

async function device({ world, one }: Stage) {
  await world.as(one).fingerprint.register({ fingerprint: `phone ${randomBytes(8).toString('hex')}` });
  const [found] = (await world.admin.fingerprint.ofPerson({ userId: one.id })).items;
  return { hash: found!.hash };
}

async function caseOf({ world, one, other }: Stage): Promise<string> {
  await world.as(other).moderation.flagUser({ userId: one.id, ...flag });
  const { items } = await world.admin.moderation.cases({ limit: 200 });
  return items.find(({ subjectId }) => subjectId === one.id)!.id;
}

/** Warns a user; returns the id of the action. */
async function warned({ world, one }: Stage): Promise<string> {
  await world.admin.moderation.warn({ userId: one.id, ...verdict });
  return (await world.as(one).moderation.myActions({})).items[0]!.id;
}

async function appealOf(stage: Stage): Promise<string> {
  const actionId = await warned(stage);
  return (await stage.world.as(stage.one).moderation.appeal({ actionId, text: 'It was not me' })).id;
}

/** Gives the first user a notification. */
async function told({ world, one, other }: Stage): Promise<string> {
  await world.as(other).social.follow({ userId: one.id });
  await world.drain();
  return (await world.as(one).notifications.list({})).items[0]!.id;
}

const toOther =
  (submit: (caller: Caller, ref: { userId: string }) => Promise<unknown>, before?: typeof submit): Submit =>
  async ({ world, one, other }) => {
    const ref = { userId: other.id };
    await before?.(world.as(one), ref);
    return (caller) => submit(caller, ref);
  };

const onPost =
  (submit: (caller: Caller, ref: { postId: string }) => Promise<unknown>, before?: typeof submit): Submit =>
  async ({ world, one, other }) => {
    const ref = { postId: await quickPost(world, other) };
    await before?.(world.as(one), ref);
    return (caller) => submit(caller, ref);
  };

const onOwnPost =
  (submit: (caller: Caller, ref: { postId: string }) => Promise<unknown>, before?: typeof submit): Submit =>
  async ({ world, one }) => {
    const ref = { postId: await quickPost(world, one) };
    await before?.(world.admin, ref);
    return (caller) => submit(caller, ref);
  };

const onStory =
  (submit: (caller: Caller, ref: { storyId: string }) => Promise<unknown>, before?: typeof submit): Submit =>
  async ({ world, one, other }) => {
    const ref = { storyId: (await quickStory(world, other)).id };
    await before?.(world.as(one), ref);
    return (caller) => submit(caller, ref);
  };

const onOwnStory =
  (submit: (caller: Caller, ref: { storyId: string }) => Promise<unknown>, before?: typeof submit): Submit =>
  async ({ world, one }) => {
    const ref = { storyId: (await quickStory(world, one)).id };
    await before?.(world.admin, ref);
    return (caller) => submit(caller, ref);
  };

const plain =
  (submit: (caller: Caller) => Promise<unknown>): Submit =>
  async () =>
    submit;

const EMOJI = '👏';

/** One for every write of the surface. */
export const submits: Record<string, Submit> = {
  'account.adminDelete': toOther((c, ref) => c.account.adminDelete({ ...ref, reason: 'Asked for it' })),
  'account.delete': async (stage) => {
    const { password } = await withPassword(stage);
    return (c) => c.account.delete({ password });
  },
  'auth.changePassword': async (stage) => {
    const { password } = await withPassword(stage);
    return (c) => c.auth.changePassword({ currentPassword: password, newPassword: 'a lake under fog' });
  },
  'auth.endOtherSessions': async (stage) => {
    await withPassword(stage);
    return (c) => c.auth.endOtherSessions({});
  },
  'auth.endSession': async (stage) => {
    const person = await withPassword(stage);
    const [session] = (await stage.world.as(person).auth.sessions({})).items;
    return (c) => c.auth.endSession({ sessionId: session!.id });
  },
  'auth.refresh': async (stage) => {
    const { refreshToken } = (await withPassword(stage)).tokens;
    return (c) => c.auth.refresh({ refreshToken });
  },
  'auth.revoke': async (stage) => {
    const { refreshToken } = (await withPassword(stage)).tokens;
    return (c) => c.auth.revoke({ refreshToken });
  },
  'engagement.comment': onPost((c, ref) => c.engagement.comment({ ...ref, body: 'Cold' })),
  'engagement.deleteComment': async (stage) => {
    const ref = await comment(stage, await quickPost(stage.world, stage.other));
    return (c) => c.engagement.deleteComment(ref);
  },
  'engagement.editComment': async (stage) => {
    const ref = await comment(stage, await quickPost(stage.world, stage.other));
    return (c) => c.engagement.editComment({ ...ref, body: 'Warm' });
  },
  'engagement.like': onPost((c, ref) => c.engagement.like(ref)),
  'engagement.likeComment': async (stage) => {
    const ref = await comment(stage, await quickPost(stage.world, stage.other));
    return (c) => c.engagement.likeComment(ref);
  },
  'engagement.unlike': onPost(
    (c, ref) => c.engagement.unlike(ref),
    (c, ref) => c.engagement.like(ref),
  ),
  'engagement.unlikeComment': async (stage) => {
    const ref = await comment(stage, await quickPost(stage.world, stage.other));
    await stage.world.as(stage.one).engagement.likeComment(ref);
    return (c) => c.engagement.unlikeComment(ref);
  },
  'feed.refresh': plain((c) => c.feed.refresh({})),
  'fingerprint.block': async (stage) => {
    const ref = await device(stage);
    return (c) => c.fingerprint.block({ ...ref, reason: 'Sells accounts' });
  },
  'fingerprint.clearSignup': async (stage) => {
    await device(stage);
    const { one, world } = stage;
    await world.database.sql`
      insert into signup_reviews (user_id, device_id, risk)
      select user_id, device_id, 90 from device_accounts where user_id = ${one.id}`;
    return (c) => c.fingerprint.clearSignup({ userId: one.id });
  },
  'fingerprint.register': async () => {
    const fingerprint = `phone ${randomBytes(8).toString('hex')}`;
    return (c) => c.fingerprint.register({ fingerprint });
  },
  'fingerprint.unblock': async (stage) => {
    const ref = await device(stage);
    await stage.world.admin.fingerprint.block({ ...ref, reason: 'Sells accounts' });
    return (c) => c.fingerprint.unblock({ ...ref, reason: 'Was a mistake' });
  },
  'highlights.add': onOwnStory((c, ref) => c.highlights.add({ ...ref, highlightName: 'Snow' })),
  'highlights.delete': async (stage) => {
    const { highlightId } = await highlight(stage);
    return (c) => c.highlights.delete({ highlightId });
  },
  'highlights.edit': async (stage) => {
    const { highlightId } = await highlight(stage);
    return (c) => c.highlights.edit({ highlightId, name: 'Ice' });
  },
  'highlights.remove': async (stage) => {
    const ref = await highlight(stage);
    return (c) => c.highlights.remove(ref);
  },
  'invites.adminCreate': plain((c) => c.invites.adminCreate({ daysValid: 1, maxUses: 1 })),
  'invites.create': plain((c) => c.invites.create({ daysValid: 1 })),
  'invites.freeze': toOther((c, ref) => c.invites.freeze({ ...ref, reason: 'Sells invites' })),
  'invites.revoke': async ({ world, one }) => {
    const { code } = await world.as(one).invites.create({ daysValid: 1 });
    return (c) => c.invites.revoke({ code });
  },
  'invites.unfreeze': async ({ world, one }) => {
    await world.admin.invites.freeze({ userId: one.id, reason: 'Sells invites' });
    return (c) => c.invites.unfreeze({ userId: one.id, reason: 'Was a mistake' });
  },
  'jobs.replay': plain((c) => c.jobs.replay({ ids: 'all' })),
  'media.complete': async (stage) => {
    const person = await withPassword(stage);
    const body = await stage.world.photograph();
    const ticket = await stage.world
      .as(person)
      .media.upload({ contentType: 'image/jpeg', bytes: body.length });
    const { method, headers } = ticket;
    await fetch(ticket.uploadUrl, { method, headers, body: new Uint8Array(body) });
    return (c) => c.media.complete({ uploadId: ticket.uploadId });
  },
  'media.delete': async ({ world, one }) => {
    const [mediaId] = (await insertMedia(world, one, 1)) as [string];
    return (c) => c.media.delete({ mediaId });
  },
  'media.edit': async ({ world, one }) => {
    const [mediaId] = (await insertMedia(world, one, 1)) as [string];
    return (c) => c.media.edit({ mediaId, altText: 'Snow' });
  },
  'media.upload': plain((c) => c.media.upload({ contentType: 'image/jpeg', bytes: 1000 })),
  'moderation.appeal': async (stage) => {
    const actionId = await warned(stage);
    return (c) => c.moderation.appeal({ actionId, text: 'It was not me' });
  },
  'moderation.ban': toOther((c, ref) => c.moderation.ban({ ...ref, ...verdict, durationHours: 24 })),
  'moderation.flagComment': async (stage) => {
    const { world, one, other } = stage;
    const postId = await quickPost(world, other);
    const { id: commentId } = await world.as(other).engagement.comment({ postId, body: 'Cold' });
    stage.one = one;
    return (c) => c.moderation.flagComment({ commentId, ...flag });
  },
  'moderation.flagPost': onPost((c, ref) => c.moderation.flagPost({ ...ref, ...flag })),
  'moderation.flagStory': onStory((c, ref) => c.moderation.flagStory({ ...ref, ...flag })),
  'moderation.flagUser': toOther((c, ref) => c.moderation.flagUser({ ...ref, ...flag })),
  'moderation.resolveAppeal': async (stage) => {
    const appealId = await appealOf(stage);
    const resolution = { appealId, outcome: 'uphold' as const, reason: 'It was' };
    return (c) => c.moderation.resolveAppeal(resolution);
  },
  'moderation.resolveCase': async (stage) => {
    const caseId = await caseOf(stage);
    return (c) => c.moderation.resolveCase({ caseId, action: 'warn', ...verdict });
  },
  'moderation.restoreComment': async (stage) => {
    const { commentId } = await comment(stage, await quickPost(stage.world, stage.other));
    await stage.world.admin.moderation.takedownComment({ commentId, ...verdict });
    return (c) => c.moderation.restoreComment({ commentId, reason: 'Was a mistake' });
  },
  'moderation.restorePost': onOwnPost(
    (c, ref) => c.moderation.restorePost({ ...ref, reason: 'Was a mistake' }),
    (c, ref) => c.moderation.takedownPost({ ...ref, ...verdict }),
  ),
  'moderation.restoreStory': onOwnStory(
    (c, ref) => c.moderation.restoreStory({ ...ref, reason: 'Was a mistake' }),
    (c, ref) => c.moderation.takedownStory({ ...ref, ...verdict }),
  ),
  'moderation.restoreUser': async ({ world, one }) => {
    await world.as(one).users.updateMe({ bio: 'Watches' });
    await world.admin.moderation.takedownUser({ userId: one.id, fields: ['bio'], ...verdict });
    return (c) => c.moderation.restoreUser({ userId: one.id, reason: 'Was a mistake' });
  },
  'moderation.takedownComment': async (stage) => {
    const { commentId } = await comment(stage, await quickPost(stage.world, stage.other));
    return (c) => c.moderation.takedownComment({ commentId, ...verdict });
  },
  'moderation.takedownPost': onOwnPost((c, ref) => c.moderation.takedownPost({ ...ref, ...verdict })),
  'moderation.takedownStory': onOwnStory((c, ref) => c.moderation.takedownStory({ ...ref, ...verdict })),
  'moderation.takedownUser': async ({ world, one }) => {
    await world.as(one).users.updateMe({ bio: 'Watches' });
    return (c) => c.moderation.takedownUser({ userId: one.id, fields: ['bio'], ...verdict });
  },
  'moderation.unban': async ({ world, one }) => {
    await world.admin.moderation.ban({ userId: one.id, ...verdict, durationHours: 24 });
    return (c) => c.moderation.unban({ userId: one.id, reason: 'Was a mistake' });
  },
  'moderation.warn': toOther((c, ref) => c.moderation.warn({ ...ref, ...verdict })),
  'notifications.markRead': async (stage) => {
    const notificationId = await told(stage);
    return (c) => c.notifications.markRead({ notificationId });
  },
  'notifications.markReadUpTo': async (stage) => {
    const upToId = await told(stage);
    return (c) => c.notifications.markReadUpTo({ upToId });
  },
  'posts.bookmark': onPost((c, ref) => c.posts.bookmark(ref)),
  'posts.create': async ({ world, one }) => {
    const mediaIds = await insertMedia(world, one, 2);
    return (c) => c.posts.create({ mediaIds, caption: 'Snow #snow', visibility: 'public' });
  },
  'posts.delete': onOwnPost((c, ref) => c.posts.delete(ref)),
  'posts.edit': onOwnPost((c, ref) => c.posts.edit({ ...ref, caption: 'Ice #ice' })),
  'posts.unbookmark': onPost(
    (c, ref) => c.posts.unbookmark(ref),
    (c, ref) => c.posts.bookmark(ref),
  ),
  'social.acceptRequest': async ({ world, one, other }) => {
    await world.as(one).users.updateMe({ isPrivate: true });
    await world.as(other).social.follow({ userId: one.id });
    return (c) => c.social.acceptRequest({ userId: other.id });
  },
  'social.addCloseFriend': toOther((c, ref) => c.social.addCloseFriend(ref)),
  'social.block': toOther(
    (c, ref) => c.social.block(ref),
    (c, ref) => c.social.follow(ref),
  ),
  'social.follow': toOther((c, ref) => c.social.follow(ref)),
  'social.mute': toOther((c, ref) => c.social.mute(ref)),
  'social.rejectRequest': async ({ world, one, other }) => {
    await world.as(one).users.updateMe({ isPrivate: true });
    await world.as(other).social.follow({ userId: one.id });
    return (c) => c.social.rejectRequest({ userId: other.id });
  },
  'social.removeCloseFriend': toOther(
    (c, ref) => c.social.removeCloseFriend(ref),
    (c, ref) => c.social.addCloseFriend(ref),
  ),
  'social.removeFollower': async ({ world, one, other }) => {
    await world.as(other).social.follow({ userId: one.id });
    return (c) => c.social.removeFollower({ userId: other.id });
  },
  'social.unblock': toOther(
    (c, ref) => c.social.unblock(ref),
    (c, ref) => c.social.block(ref),
  ),
  'social.unfollow': toOther(
    (c, ref) => c.social.unfollow(ref),
    (c, ref) => c.social.follow(ref),
  ),
  'social.unmute': toOther(
    (c, ref) => c.social.unmute(ref),
    (c, ref) => c.social.mute(ref),
  ),
  'stories.create': async ({ world, one }) => {
    const [mediaId] = (await insertMedia(world, one, 1)) as [string];
    return (c) => c.stories.create({ mediaId, caption: 'Snow', visibility: 'public' });
  },
  'stories.delete': onOwnStory((c, ref) => c.stories.delete(ref)),
  'stories.react': onStory((c, ref) => c.stories.react({ ...ref, emoji: EMOJI })),
  'stories.seen': onStory((c, ref) => c.stories.seen(ref)),
  'stories.unreact': onStory(
    (c, ref) => c.stories.unreact(ref),
    (c, ref) => c.stories.react({ ...ref, emoji: EMOJI }),
  ),
  'trust.unverify': async ({ world, one }) => {
    await world.admin.trust.verify({ userId: one.id });
    return (c) => c.trust.unverify({ userId: one.id });
  },
  'trust.verify': toOther((c, ref) => c.trust.verify(ref)),
  'users.updateMe': plain((c) => c.users.updateMe({ bio: 'Likes snow', isPrivate: true })),
  'users.updateSettings': plain((c) => c.users.updateSettings({ commentPolicy: 'nobody' })),
};
submits['auth.login'] = async (stage) => {
  const { handle: identifier, password } = await withPassword(stage);
  return (c) => c.auth.login({ identifier, password });
};
submits['users.register'] = async () => {
  const handle = `twice${++stages}`;
  const registration = {
    handle,
    email: `${handle}@example.org`,
    displayName: handle,
    password: 'a bench in snow',
  };
  return (c) => c.users.register(registration);
};
