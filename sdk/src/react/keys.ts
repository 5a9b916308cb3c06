/** Queries are cached under `['ciel', domain, name, input]`; a prefix matches many. */
export type Prefix = readonly string[];

export const keyOf = (path: readonly string[], input?: unknown): readonly unknown[] =>
  input === undefined ? ['ciel', ...path] : ['ciel', ...path, input];

/** What each mutation makes stale, apart from what optimistic patches update themselves. */
const touched: Record<string, string[]> = {
  'posts.create': ['feed.home', 'posts.byUser', 'users', 'auth.me'],
  'posts.edit': ['feed', 'posts'],
  'posts.delete': ['feed', 'posts', 'users', 'auth.me'],
  'engagement.comment': ['engagement.comments', 'feed.home', 'posts.get'],
  'engagement.editComment': ['engagement.comments'],
  'engagement.deleteComment': ['engagement.comments', 'feed.home', 'posts.get'],
  'stories.create': ['feed.stories', 'stories'],
  'stories.delete': ['feed.stories', 'stories', 'highlights'],
  'stories.seen': ['feed.stories'],
  'stories.react': ['stories'],
  'stories.unreact': ['stories'],
  'social.block': [''],
  'social.unblock': [''],
  'social.mute': ['feed', 'social', 'users'],
  'social.unmute': ['feed', 'social', 'users'],
  'users.updateMe': ['users', 'auth.me', 'feed', 'posts'],
  'users.updateSettings': ['users.settings', 'auth.me'],
  'media.complete': ['media', 'posts', 'stories'],
  'notifications.markRead': ['notifications'],
  'notifications.markReadUpTo': ['notifications'],
};

/** The keys that a mutation makes stale: those in the table, otherwise everything in its domain. */
export const touchedBy = (domain: string, name: string): readonly (readonly unknown[])[] =>
  (touched[`${domain}.${name}`] ?? [domain]).map((prefix) => keyOf(prefix.split('.').filter(Boolean)));
