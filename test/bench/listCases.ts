import { createHash } from 'node:crypto';
import { MOST_COUNTED } from '../../server/domains/invites/contract.ts';
import { RECENT_POSTS } from '../../server/domains/search/contract.ts';
import { WEIGHED } from '../../server/domains/search/hashtags/queries.ts';
import { ASKED_FOLLOWS, ASKED_PEOPLE } from '../../server/domains/social/suggestions/queries.ts';
import { userIdOf } from './network.ts';
import type { Caller } from './statements.ts';

interface PageInput {
  limit: number;
  cursor?: string;
}

interface Page {
  nextCursor?: string | null;
}

interface ListCase {
  /** Name of the procedure, and of its list when there are several. */
  name: string;
  /** Number of the reader; by default those with many rows of everything. */
  reader?: (i: number) => number;
  /** Rows that one step may read, where the bound is a constant of the list or the number of followed users, and is large. */
  mayRead?: number;
  /** The list of reader number `n`. */
  read: (caller: Caller, page: PageInput, n: number) => Promise<unknown>;
}

/** A user whom none of the readers blocks, at any scale. */
const popularNumber = (n: number) => 101 + 1000 * n;
const popular = (n: number) => idOf('p', popularNumber(n));
const own = (kind: string, n: number) => idOf(kind, n * 1000 + 1);
const hash = createHash('md5').update('d1').digest('hex').padEnd(43, 'x');

export const listCases: ListCase[] = [
  { name: 'auth.sessions', read: (c, page) => c.auth.sessions(page) },
  { name: 'account.export', read: (c, page) => c.account.export(page) },
  {
    name: 'account.adminExport',
    read: (c, page, n) => c.account.adminExport({ userId: userIdOf(n), ...page }),
  },
  { name: 'jobs.dead', read: (c, page) => c.jobs.dead(page) },
  {
    name: 'social.followers',
    read: (c, page, n) => c.social.followers({ userId: userIdOf(n + 200), ...page }),
  },
  {
    name: 'social.following',
    read: (c, page, n) => c.social.following({ userId: userIdOf(n + 200), ...page }),
  },
  { name: 'social.requests', read: (c, page) => c.social.requests(page) },
  { name: 'social.blocks', read: (c, page) => c.social.blocks(page) },
  { name: 'social.mutes', read: (c, page) => c.social.mutes(page) },
  { name: 'social.closeFriends', read: (c, page) => c.social.closeFriends(page) },
  {
    name: 'social.suggestions',
    mayRead: ASKED_PEOPLE * ASKED_FOLLOWS,
    read: (c, page) => c.social.suggestions(page),
  },
  {
    name: 'social.suggestions, 2,000 follows',
    mayRead: ASKED_PEOPLE * ASKED_FOLLOWS,
    reader: (i) => 121 + i,
    read: (c, page) => c.social.suggestions(page),
  },
  { name: 'invites.list', read: (c, page) => c.invites.list(page) },
  {
    name: 'invites.tree',
    mayRead: 2 * MOST_COUNTED,
    read: (c, page, n) => c.invites.tree({ userId: userIdOf(n), ...page }),
  },
  { name: 'media.list', read: (c, page) => c.media.list(page) },
  { name: 'posts.byUser', read: (c, page, n) => c.posts.byUser({ userId: userIdOf(n + 200), ...page }) },
  { name: 'posts.byHashtag', read: (c, page) => c.posts.byHashtag({ tag: 'common', ...page }) },
  { name: 'posts.bookmarks', read: (c, page) => c.posts.bookmarks(page) },
  { name: 'engagement.likes', read: (c, page, n) => c.engagement.likes({ postId: popular(n), ...page }) },
  {
    name: 'engagement.comments',
    read: (c, page, n) => c.engagement.comments({ postId: popular(n), ...page }),
  },
  {
    name: 'engagement.comments, replies',
    read: (c, page, n) =>
      c.engagement.comments({
        postId: popular(n),
        parentId: idOf('c', popularNumber(n) * 1000 + 150),
        ...page,
      }),
  },
  { name: 'stories.byUser', read: (c, page, n) => c.stories.byUser({ userId: userIdOf(n), ...page }) },
  { name: 'stories.viewers', read: (c, page, n) => c.stories.viewers({ storyId: own('s', n), ...page }) },
  { name: 'stories.reactions', read: (c, page, n) => c.stories.reactions({ storyId: own('s', n), ...page }) },
  { name: 'highlights.byUser', read: (c, page, n) => c.highlights.byUser({ userId: userIdOf(n), ...page }) },
  { name: 'feed.home', read: (c, page) => c.feed.home(page) },
  { name: 'feed.stories', read: (c, page) => c.feed.stories(page) },
  {
    name: 'feed.stories, 2,000 follows',
    mayRead: 2000 * 3,
    reader: (i) => 121 + i,
    read: (c, page) => c.feed.stories(page),
  },
  { name: 'feed.explore', read: (c, page) => c.feed.explore(page) },
  { name: 'search.users', read: (c, page) => c.search.users({ q: 'user12', ...page }) },
  { name: 'search.users, all alike', read: (c, page) => c.search.users({ q: 'user', ...page }) },
  { name: 'search.users, a typo', read: (c, page) => c.search.users({ q: 'usre1', ...page }) },
  { name: 'search.users, a common name', read: (c, page) => c.search.users({ q: 'user 1', ...page }) },
  { name: 'search.users, a last name', read: (c, page) => c.search.users({ q: '12', ...page }) },
  { name: 'search.posts', read: (c, page) => c.search.posts({ q: 'number', ...page }) },
  { name: 'search.posts, rare word', read: (c, page, n) => c.search.posts({ q: String(n * 7), ...page }) },
  {
    name: 'search.hashtags',
    mayRead: WEIGHED * RECENT_POSTS,
    read: (c, page) => c.search.hashtags({ q: 'tag1', ...page }),
  },
  { name: 'moderation.myReports', read: (c, page) => c.moderation.myReports(page) },
  { name: 'moderation.myActions', read: (c, page) => c.moderation.myActions(page) },
  { name: 'moderation.myAppeals', read: (c, page) => c.moderation.myAppeals(page) },
  { name: 'moderation.appeals', read: (c, page) => c.moderation.appeals({ status: 'open', ...page }) },
  { name: 'moderation.cases', read: (c, page) => c.moderation.cases({ status: 'open', ...page }) },
  { name: 'moderation.audit', read: (c, page) => c.moderation.audit(page) },
  {
    name: 'moderation.audit, of one',
    read: (c, page) => c.moderation.audit({ actor: 'mod7', action: 'moderation.resolve', ...page }),
  },
  { name: 'fingerprint.list', read: (c, page) => c.fingerprint.list(page) },
  { name: 'fingerprint.record', read: (c, page) => c.fingerprint.record({ hash, ...page }) },
  {
    name: 'fingerprint.ofPerson',
    read: (c, page, n) => c.fingerprint.ofPerson({ userId: userIdOf(n), ...page }),
  },
  { name: 'fingerprint.signups', read: (c, page) => c.fingerprint.signups(page) },
  { name: 'notifications.list', read: (c, page) => c.notifications.list({ grouped: true, ...page }) },
  {
    name: 'notifications.list, singles',
    read: (c, page) => c.notifications.list({ grouped: false, ...page }),
  },
];

/** The page that is measured: the second one, or the first when it is all. */
export async function pageOf({ read }: ListCase, caller: Caller, n: number): Promise<PageInput> {
  const first = { limit: 15 };
  const { nextCursor } = (await read(caller, first, n)) as Page;
  return nextCursor ? { ...first, cursor: nextCursor } : first;
}

/** As `idOf` of the seed. */
function idOf(kind: string, n: number): string {
  const hex = createHash('md5').update(`${kind}${n}`).digest('hex');
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5');
}
