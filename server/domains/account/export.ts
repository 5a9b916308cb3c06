import type { App } from '../../core/app.ts';
import type { Viewer } from '../../core/context.ts';
import { openCursor, sealCursor } from '../../core/cursors.ts';
import type { Page } from '../../core/fields.ts';
import { listSessions } from '../auth/service.ts';
import { listDevices } from '../fingerprint/lists.ts';
import { listInvites } from '../invites/service.ts';
import { listOwnMedia } from '../media/lists.ts';
import { listOwnActions, listOwnAppeals, listReports } from '../moderation/lists.ts';
import type { NotificationEntry } from '../notifications/contract.ts';
import { listNotifications } from '../notifications/lists.ts';
import { listBookmarks, listPostsOfUser } from '../posts/lists.ts';
import {
  listBlocks,
  listCloseFriends,
  listFollowers,
  listFollowing,
  listMutes,
  listRequests,
  listSentRequests,
} from '../social/lists.ts';
import { listOwnHighlights, listOwnReactions, listOwnStories, listOwnViews } from '../stories/lists.ts';
import { readOwnTrust } from '../trust/service.ts';
import { presentMe } from '../users/view.ts';
import {
  type ExportEntry,
  type ExportInput,
  type SectionItem,
  type SectionName,
  sections,
} from './contract.ts';
import {
  listOwnCommentLikes,
  listOwnComments,
  listOwnLikes,
  listOwnPostEdits,
  listSecurityEvents,
} from './exportLists.ts';
import { findHandles, findInvite, findReadUpTo } from './exportQueries.ts';

type ListOf<Item> = (app: App, viewer: Viewer, input: ExportInput) => Promise<Page<Item>>;
type Lists = { [Name in SectionName]: ListOf<SectionItem<Name>> };

const each =
  <Item, Kept>(list: ListOf<Item>, keep: (item: Item) => Kept): ListOf<Kept> =>
  async (app, viewer, input) => {
    const { items, nextCursor } = await list(app, viewer, input);
    return { items: items.map(keep), nextCursor };
  };

/** Kinds whose text is the user's own or about them. */
const OWN_WORDS = new Set<NotificationEntry['kind']>(['commentLiked', 'moderationNotice', 'newSignIn']);

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
