import type { Cast, Subject, ViewerKind } from './cast.ts';
import { seesInside, seesPerson, seesThing } from './model.ts';

/** What a call is about, which says on which subjects it is tried and who may see them. */
type About = 'nothing' | 'person' | 'inside' | 'post' | 'story' | 'thing' | 'comment' | 'highlight';

export interface Scene {
  subject: Subject;
  viewer: ViewerKind;
  cast: Cast;
}

export interface Row {
  about: About;
  input(scene: Scene): Record<string, unknown>;
  /** For those who see it: `ok` unless said otherwise. */
  code?(scene: Scene): string;
  /** Who sees it although the rule hides it: whom they block themselves. */
  sees?: ViewerKind[];
  /** For the owner of what is deleted already. */
  again?: string;
  /** Even who does not see it is answered so, because nothing is said of it. */
  unseen?: string;
  /** For operators: `ok` unless said otherwise. */
  admin?(scene: Scene): string;
  /** A banned person may call it. */
  whileBanned?: boolean;
}

const DEVICE = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

export const MISSING = '01993a4e-0000-7000-8000-000000000000';

export const subjectsOf = ({ about }: Row, subjects: Subject[]): Subject[] => {
  switch (about) {
    case 'nothing':
      return subjects.slice(0, 1);
    case 'person':
    case 'inside':
      return subjects.filter(({ state }) => state === 'public' || state === 'privateAuthor');
    case 'thing':
      return subjects;
    case 'post':
    case 'comment':
      return subjects.filter(({ kind }) => kind === 'post');
    case 'story':
      return subjects.filter(({ kind }) => kind === 'story');
    default:
      return subjects.filter(({ id, highlightId }) => highlightId !== id);
  }
};

export function isSeen({ about, sees }: Row, viewer: ViewerKind, { state }: Subject): boolean {
  if (sees?.includes(viewer)) return true;
  switch (about) {
    case 'nothing':
      return true;
    case 'person':
      return seesPerson(viewer);
    case 'inside':
      return seesInside(viewer, state);
    default:
      return seesThing(viewer, state);
  }
}

type Input = Row['input'];
const none: Input = () => ({});
const userId: Input = ({ subject }) => ({ userId: subject.author.id });
const postId: Input = ({ subject }) => ({ postId: subject.id });
const storyId: Input = ({ subject }) => ({ storyId: subject.id });
const mediaId: Input = ({ subject }) => ({ mediaId: subject.mediaId });
const uploadId: Input = ({ subject }) => ({ uploadId: subject.mediaId });
const comment: Input = ({ subject }) => ({ postId: subject.id, commentId: subject.commentId });
const highlightId: Input = ({ subject }) => ({ highlightId: subject.highlightId });
const why = { reason: 'A reason of the test' };
const because = { rule: 'spam', ...why };

const nothing = (input: Input = none, more: Partial<Row> = {}): Row => ({ about: 'nothing', input, ...more });
const person = (input: Input = userId, more: Partial<Row> = {}): Row => ({ about: 'person', input, ...more });
const inside = (input: Input = userId, more: Partial<Row> = {}): Row => ({ about: 'inside', input, ...more });
const post = (input: Input = postId, more: Partial<Row> = {}): Row => ({ about: 'post', input, ...more });
const story = (input: Input = storyId, more: Partial<Row> = {}): Row => ({ about: 'story', input, ...more });
const thing = (input: Input, more: Partial<Row> = {}): Row => ({ about: 'thing', input, ...more });
const remark = (input: Input = comment, more: Partial<Row> = {}): Row => ({
  about: 'comment',
  input,
  ...more,
});
const highlight = (input: Input = highlightId, more: Partial<Row> = {}): Row => ({
  about: 'highlight',
  input,
  ...more,
});

const banned = { whileBanned: true };
const always = (code: string) => ({ code: () => code });
/** For others than the owner, what the owner alone may do or see is missing. */
const ownersOnly = { code: ({ viewer }: Scene) => (viewer === 'owner' ? 'ok' : 'not_found') };
/** Nobody does this to themselves. */
const toOthers = { code: ({ viewer }: Scene) => (viewer === 'owner' ? 'self_action' : 'ok') };
/** What the owner is answered who uses the photograph once more. */
const reuseOf = ({ state }: Subject) =>
  ['takenDown', 'photoTakenDown', 'photoTakenDownStory'].includes(state) ? 'taken_down' : 'ok';
const file = { contentType: 'image/jpeg', bytes: 1000 };

export const rows: Record<string, Row> = {
  'auth.changePassword': nothing(
    () => ({ currentPassword: 'not the password', newPassword: 'another bench under snow' }),
    { ...always('invalid_credentials'), ...banned },
  ),
  'auth.endOtherSessions': nothing(none, banned),
  'auth.endSession': nothing(() => ({ sessionId: MISSING }), { ...always('not_found'), ...banned }),
  'auth.login': nothing(
    () => ({ identifier: 'nobody_of_this_name', password: 'not the password' }),
    always('invalid_credentials'),
  ),
  'auth.me': nothing(none, banned),
  'auth.refresh': nothing(() => ({ refreshToken: 'v4.public.none' }), always('invalid_refresh_token')),
  'auth.revoke': nothing(() => ({ refreshToken: 'v4.public.none' })),
  'auth.sessions': nothing(none, banned),

  'users.byHandle': person(({ subject }) => ({ handle: subject.author.handle })),
  'users.get': person(),
  'users.register': nothing(({ viewer }) => ({
    handle: `new_${viewer}`,
    email: `new_${viewer}@example.org`,
    displayName: 'New',
    password: 'another bench under snow',
  })),
  'users.settings': nothing(),
  'users.updateMe': nothing(() => ({ bio: 'New' })),
  'users.updateSettings': nothing(() => ({ commentPolicy: 'nobody' })),

  'social.acceptRequest': person(userId, {
    code: ({ viewer }) => ({ owner: 'self_action', mutual: 'ok' })[viewer as 'owner'] ?? 'not_found',
  }),
  'social.addCloseFriend': person(userId, toOthers),
  'social.block': person(userId, { ...toOthers, sees: ['blocker'] }),
  'social.blocks': nothing(),
  'social.closeFriends': nothing(),
  'social.follow': person(userId, toOthers),
  'social.followers': inside(),
  'social.following': inside(),
  'social.mute': person(userId, toOthers),
  'social.mutes': nothing(),
  'social.rejectRequest': person(userId, toOthers),
  'social.relationship': person(userId, { sees: ['blocker'] }),
  'social.relationships': person(({ subject }) => ({ userIds: [subject.author.id] }), { unseen: 'ok' }),
  'social.removeCloseFriend': person(userId, toOthers),
  'social.removeFollower': person(userId, toOthers),
  'social.requests': nothing(),
  'social.suggestions': nothing(),
  'social.unblock': person(userId, { ...toOthers, sees: ['blocker'] }),
  'social.unfollow': person(userId, toOthers),
  'social.unmute': person(userId, toOthers),

  'invites.adminCreate': nothing(() => ({ daysValid: 1, maxUses: 1 })),
  'invites.create': nothing(() => ({ daysValid: 1 })),
  'invites.list': nothing(),
  'invites.revoke': nothing(() => ({ code: 'K7QF2MZX9RTB' }), always('not_found')),
  'invites.stats': nothing(),
  'invites.freeze': person((scene) => ({ ...userId(scene), ...why })),
  'invites.tree': person(),
  'invites.unfreeze': person((scene) => ({ ...userId(scene), ...why })),
  'invites.validate': nothing(() => ({ code: 'K7QF2MZX9RTB' })),

  'media.complete': thing(uploadId, ownersOnly),
  'media.delete': thing(mediaId, {
    code: ({ viewer }) => (viewer === 'owner' ? 'media_in_use' : 'not_found'),
  }),
  'media.edit': thing((scene) => ({ ...mediaId(scene), altText: 'New' }), ownersOnly),
  'media.get': thing(mediaId),
  'media.inspect': thing(mediaId, {
    admin: ({ subject }) => (subject.state === 'deleted' ? 'not_found' : 'ok'),
  }),
  'media.list': nothing(),
  'media.policy': nothing(),
  'media.status': thing(uploadId, ownersOnly),
  'media.upload': nothing(() => file),

  'posts.bookmark': post(),
  'posts.bookmarks': nothing(),
  'posts.byUser': inside(),
  'posts.create': thing(({ subject }) => ({ mediaIds: [subject.mediaId], visibility: 'public' }), {
    code: ({ viewer, subject }) => (viewer === 'owner' ? reuseOf(subject) : 'media_unusable'),
    unseen: 'media_unusable',
  }),
  'posts.delete': post(postId, { ...ownersOnly, again: 'ok' }),
  'posts.edit': post((scene) => ({ ...postId(scene), caption: 'New' }), ownersOnly),
  'posts.get': post(),
  'posts.unbookmark': post(postId, { unseen: 'ok' }),

  'posts.byHashtag': nothing(({ subject }) => ({ tag: subject.canary })),

  'engagement.comment': post((scene) => ({ ...postId(scene), body: 'New' })),
  'engagement.comments': post(),
  'engagement.deleteComment': remark(comment, ownersOnly),
  'engagement.editComment': remark((scene) => ({ ...comment(scene), body: 'New' }), ownersOnly),
  'engagement.likeComment': remark(),
  'engagement.unlikeComment': remark(),
  'engagement.like': post(),
  'engagement.likes': post(),
  'engagement.unlike': post(),

  'stories.byUser': inside(),
  'stories.create': thing(({ subject }) => ({ mediaId: subject.mediaId, visibility: 'public' }), {
    code: ({ viewer, subject }) => (viewer === 'owner' ? reuseOf(subject) : 'media_unusable'),
    unseen: 'media_unusable',
  }),
  'stories.delete': story(storyId, ownersOnly),
  'stories.get': story(),
  'stories.metrics': story(storyId, ownersOnly),
  'stories.react': story((scene) => ({ ...storyId(scene), emoji: '❤️' })),
  'stories.reactions': story(storyId, ownersOnly),
  'stories.seen': story(),
  'stories.unreact': story(),
  'stories.viewers': story(storyId, ownersOnly),

  'highlights.add': story((scene) => ({ ...storyId(scene), highlightName: 'New' }), {
    code: ({ viewer, subject }) => (viewer === 'owner' ? reuseOf(subject) : 'not_found'),
  }),
  'highlights.byUser': inside(),
  'highlights.delete': highlight(highlightId, ownersOnly),
  'highlights.edit': highlight((scene) => ({ ...highlightId(scene), name: 'New' }), ownersOnly),
  'highlights.get': highlight(),
  'highlights.remove': highlight((scene) => ({ ...highlightId(scene), ...storyId(scene) }), ownersOnly),

  'search.hashtags': nothing(({ subject }) => ({ q: subject.canary })),
  'search.posts': nothing(({ subject }) => ({ q: subject.canary })),
  'search.users': nothing(({ subject }) => ({ q: subject.author.handle })),

  'account.delete': nothing(() => ({ password: 'not the password' }), {
    ...always('invalid_credentials'),
    ...banned,
  }),
  'account.adminDelete': person((scene) => ({ ...userId(scene), ...why })),
  'account.adminExport': person(),
  'account.export': nothing(none, { ...banned }),

  'jobs.dead': nothing(),
  'jobs.replay': nothing(() => ({ ids: 'all' })),

  'moderation.account': person(({ subject }) => ({ handle: subject.author.handle })),
  'moderation.audit': nothing(),
  'moderation.ban': person((scene) => ({ ...userId(scene), ...because, durationHours: null })),
  'moderation.case': nothing(() => ({ caseId: MISSING }), { admin: always('not_found').code }),
  'moderation.cases': nothing(),
  'moderation.flagComment': remark(
    ({ subject }) => ({ commentId: subject.commentId, category: 'spam' }),
    toOthers,
  ),
  'moderation.flagPost': post((scene) => ({ ...postId(scene), category: 'spam' }), toOthers),
  'moderation.flagStory': story((scene) => ({ ...storyId(scene), category: 'spam' }), toOthers),
  'moderation.flagUser': person((scene) => ({ ...userId(scene), category: 'spam' }), toOthers),
  'moderation.myReports': nothing(),
  'moderation.resolveCase': nothing(() => ({ caseId: MISSING, action: 'dismiss', ...because }), {
    admin: always('not_found').code,
  }),
  'moderation.restoreComment': remark(({ subject }) => ({ commentId: subject.commentId, ...why })),
  'moderation.restorePost': post((scene) => ({ ...postId(scene), ...why })),
  'moderation.takedownComment': remark(({ subject }) => ({ commentId: subject.commentId, ...because })),
  'moderation.restoreUser': person((scene) => ({ ...userId(scene), ...why })),
  'moderation.takedownUser': person((scene) => ({ ...userId(scene), fields: ['displayName'], ...because }), {
    // The display names of the cast are their handles, so there is nothing to take down.
    admin: always('conflict').code,
  }),
  'moderation.takedownPost': post((scene) => ({ ...postId(scene), ...because })),
  'moderation.unban': person((scene) => ({ ...userId(scene), ...why })),
  'moderation.warn': person((scene) => ({ ...userId(scene), ...because })),

  'feed.explore': nothing(),
  'feed.home': nothing(),
  'feed.refresh': nothing(),

  'feed.stories': nothing(),

  'notifications.list': nothing(),
  'notifications.markRead': nothing(() => ({ notificationId: MISSING }), always('not_found')),
  'notifications.markReadUpTo': nothing(() => ({ upToId: MISSING }), always('not_found')),
  'notifications.unreadCount': nothing(),

  'fingerprint.block': nothing(() => ({ hash: DEVICE, reason: 'A reason of the test' }), {
    admin: always('not_found').code,
  }),
  'fingerprint.clearSignup': person(userId, { admin: always('not_found').code }),
  'fingerprint.list': nothing(),
  'fingerprint.ofPerson': person(),
  'fingerprint.record': nothing(() => ({ hash: DEVICE }), { admin: always('not_found').code }),
  'fingerprint.register': nothing(() => ({ fingerprint: 'a phone of the test' })),
  'fingerprint.signups': nothing(),
  'fingerprint.unblock': nothing(() => ({ hash: DEVICE, reason: 'A reason of the test' }), {
    admin: always('not_found').code,
  }),

  'trust.record': person(),
  'trust.score': nothing(),
  'trust.unverify': person(),
  'trust.verify': person(),

  'moderation.appeal': nothing(() => ({ actionId: MISSING, text: 'No' }), {
    ...always('not_found'),
    ...banned,
  }),
  'moderation.appeals': nothing(),
  'moderation.myActions': nothing(none, banned),
  'moderation.myAppeals': nothing(none, { ...banned }),
  'moderation.resolveAppeal': nothing(
    () => ({ appealId: MISSING, outcome: 'uphold', reason: 'A reason of the test' }),
    { admin: always('not_found').code },
  ),
  'moderation.restoreStory': story((scene) => ({ ...storyId(scene), ...why })),
  'moderation.takedownStory': story((scene) => ({ ...storyId(scene), ...because })),

  'rateLimiter.list': nothing(),
};
