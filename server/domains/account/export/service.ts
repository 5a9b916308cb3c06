import { type App, inTransaction } from '../../../core/app.ts';
import type { Viewer } from '../../../core/context.ts';
import { openCursor, sealCursor } from '../../../core/cursors.ts';
import type { Page } from '../../../core/fields.ts';
import { listPage } from '../../../core/lists.ts';
import { recordAudit } from '../../audit/public.ts';
import { listSessions } from '../../auth/public.ts';
import { listDevices } from '../../fingerprint/public.ts';
import { listInvites } from '../../invites/public.ts';
import { listOwnMedia } from '../../media/public.ts';
import { listOwnActions, listOwnAppeals, listReports } from '../../moderation/public.ts';
import type { NotificationEntry } from '../../notifications/contract.ts';
import { listNotifications } from '../../notifications/public.ts';
import { listBookmarks, listPostsOfUser } from '../../posts/public.ts';
import {
  listBlocks,
  listCloseFriends,
  listFollowers,
  listFollowing,
  listMutes,
  listRequests,
  listSentRequests,
} from '../../social/public.ts';
import { listOwnHighlights, listOwnReactions, listOwnStories, listOwnViews } from '../../stories/public.ts';
import { readOwnTrust } from '../../trust/public.ts';
import { presentMe, viewerOf } from '../../users/public.ts';
import {
  type AdminExportInput,
  type ExportEntry,
  type ExportInput,
  type SectionItem,
  type SectionName,
  sections,
} from '../contract.ts';
import * as queries from './queries.ts';
import { findHandles, findInvite, findReadUpTo } from './queries.ts';

/** Throws `not_found`, also for a deleted user. */
export const exportAccountOf = (
  app: App,
  actor: string,
  { userId, ...input }: AdminExportInput,
): Promise<Page<ExportEntry>> =>
  inTransaction(app, async (app) => {
    const viewer = await viewerOf(app, userId);
    const entry = { actor, action: 'user.export', subjectType: 'user', subjectId: userId };
    if (input.cursor === undefined) await recordAudit(app, entry);
    return exportAccount(app, viewer, input);
  });

/** The user's own comments are included wherever they are, even under posts that the user may no longer see. */
const listOwnComments = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'comments'>>> =>
  listPage(app, {
    scope: ['export comments', viewer.id],
    input,
    ids: (after, count) => queries.findOwnComments(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const visible = await visiblePosts(app, viewer, rows);
      const ids = rows.map(({ id }) => id);
      const edits = Map.groupBy(await queries.findCommentEdits(app.db, ids), ({ commentId }) => commentId);
      return new Map(
        rows.map(({ id, postId, body, createdAt, editedAt }) => [
          id,
          {
            id,
            postId: visible.has(postId) ? postId : null,
            body,
            createdAt,
            editedAt,
            edits: (edits.get(id) ?? []).map(({ body, editedAt }) => ({ body, editedAt })),
          },
        ]),
      );
    },
  });

/** The user's posts that were edited, each with all its edits. */
const listOwnPostEdits = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'postEdits'>>> =>
  listPage(app, {
    scope: ['export postEdits', viewer.id],
    input,
    ids: (after, count) => queries.findEditedPosts(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const edits = Map.groupBy(await queries.findPostEdits(app.db, ids), ({ postId }) => postId);
      return new Map(
        rows.map(({ id }) => [
          id,
          { postId: id, edits: (edits.get(id) ?? []).map(({ postId: _, ...edit }) => edit) },
        ]),
      );
    },
  });

const listOwnLikes = (app: App, viewer: Viewer, input: ExportInput): Promise<Page<SectionItem<'likes'>>> =>
  listPage(app, {
    scope: ['export likes', viewer.id],
    input,
    ids: (after, count) => queries.findOwnLikes(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const visible = await visiblePosts(
        app,
        viewer,
        rows.map(({ id }) => ({ postId: id })),
      );
      return new Map(
        rows.flatMap(({ id, likedAt }) => (visible.has(id) ? [[id, { postId: id, likedAt }]] : [])),
      );
    },
  });

const listOwnCommentLikes = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'commentLikes'>>> =>
  listPage(app, {
    scope: ['export commentLikes', viewer.id],
    input,
    ids: (after, count) => queries.findOwnCommentLikes(app.db, viewer.id, after, count),
    hydrate: async (rows) => {
      const posts = await visiblePosts(app, viewer, rows);
      const ids = rows.map(({ id }) => id);
      const comments = await queries.findVisibleCommentIds(app.db, viewer.id, ids);
      return new Map(
        rows.flatMap(({ id, likedAt, postId }) =>
          posts.has(postId) && comments.has(id) ? [[id, { commentId: id, likedAt }]] : [],
        ),
      );
    },
  });

const visiblePosts = ({ db }: App, viewer: Viewer, rows: { postId: string }[]): Promise<Set<string>> =>
  queries.findVisiblePostIds(db, viewer.id, [...new Set(rows.map(({ postId }) => postId))]);

const listSecurityEvents = (
  app: App,
  viewer: Viewer,
  input: ExportInput,
): Promise<Page<SectionItem<'securityEvents'>>> =>
  listPage(app, {
    scope: ['export securityEvents', viewer.id],
    input,
    ids: (after, count) => queries.findSecurityEvents(app.db, viewer.id, after, count),
    hydrate: async (rows) =>
      new Map(rows.map(({ id, kind, details, createdAt }) => [id, { kind, details, createdAt }])),
  });

type ListOf<Item> = (app: App, viewer: Viewer, input: ExportInput) => Promise<Page<Item>>;
type Lists = { [Name in SectionName]: ListOf<SectionItem<Name>> };

const each =
  <Item, Kept>(list: ListOf<Item>, keep: (item: Item) => Kept): ListOf<Kept> =>
  async (app, viewer, input) => {
    const { items, nextCursor } = await list(app, viewer, input);
    return { items: items.map(keep), nextCursor };
  };

/** Kinds whose text is the user's own or about them. */
const OWN_WORDS = new Set<NotificationEntry['kind']>([
  'commentLiked',
  'moderationNotice',
  'newSignIn',
  'photographFailed',
]);

/**
 * Every section is a list that the user can read anyway, so the visibility rules apply to other users' content. The
 * words and photos of others are left out as well, because banned users can read their export too.
 */
const lists: Lists = {
  account: async (app, { id }) =>
    only({
      profile: await presentMe(app, id),
      handles: await findHandles(app.db, id),
      invite: await findInvite(app.db, id),
      notificationsReadUpTo: await findReadUpTo(app.db, id),
    }),
  media: listOwnMedia,
  posts: (app, viewer, input) => listPostsOfUser(app, viewer, { userId: viewer.id, ...input }),
  postEdits: listOwnPostEdits,
  stories: listOwnStories,
  highlights: listOwnHighlights,
  storyReactions: listOwnReactions,
  storiesSeen: listOwnViews,
  comments: listOwnComments,
  likes: listOwnLikes,
  commentLikes: listOwnCommentLikes,
  bookmarks: each(listBookmarks, ({ post, bookmarkedAt }) => ({ postId: post.id, bookmarkedAt })),
  followers: (app, viewer, input) => listFollowers(app, viewer, { userId: viewer.id, ...input }),
  following: (app, viewer, input) => listFollowing(app, viewer, { userId: viewer.id, ...input }),
  followRequests: listRequests,
  sentFollowRequests: listSentRequests,
  closeFriends: listCloseFriends,
  blocks: listBlocks,
  mutes: listMutes,
  invites: listInvites,
  sessions: listSessions,
  securityEvents: listSecurityEvents,
  devices: listDevices,
  notifications: each(
    (app, viewer, input) => listNotifications(app, viewer, { grouped: false, ...input }),
    ({ thumbnail: _, text, ...notice }) => ({ ...notice, text: OWN_WORDS.has(notice.kind) ? text : null }),
  ),
  trust: async (app, { id }) => only(await readOwnTrust(app, id)),
  reports: listReports,
  moderationActions: listOwnActions,
  appeals: listOwnAppeals,
};

const only = <Item>(item: Item): Page<Item> => ({ items: [item], nextCursor: null });

const names = Object.keys(sections) as SectionName[];

/** Reads one list after another, a page at a time. The cursor holds the section and the position within it. */
export async function exportAccount(
  app: App,
  viewer: Viewer,
  { limit, cursor }: ExportInput,
): Promise<Page<ExportEntry>> {
  const scope = ['export', viewer.id].join('\n');
  const start = cursor === undefined ? null : openCursor(app.secrets.cursorKeys, scope, cursor);
  let at = start ? names.indexOf(start.id as SectionName) : 0;
  let inner = start?.at ?? '';
  const items: ExportEntry[] = [];
  while (at < names.length && items.length < limit) {
    const section = names[at]!;
    const left = { limit: limit - items.length, ...(inner ? { cursor: inner } : {}) };
    const page: Page<unknown> = await lists[section](app, viewer, left);
    items.push(...page.items.map((data) => ({ section, data }) as ExportEntry));
    inner = page.nextCursor ?? '';
    if (!inner) at += 1;
  }
  const next = names[at];
  return {
    items,
    nextCursor: next ? sealCursor(app.secrets.cursorKeys, scope, { at: inner, id: next }) : null,
  };
}
