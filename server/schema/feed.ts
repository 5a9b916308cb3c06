import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';
import { users } from './users.ts';

/** Posts sent to their readers. Derived: it can be emptied and made again, so nothing refers to posts from here. */
export const feedEntries = pgTable(
  'feed_entries',
  {
    readerId: uuid('reader_id').notNull(),
    createdAt: time('created_at').notNull(),
    postId: uuid('post_id').notNull(),
    authorId: uuid('author_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'feed_entries_pkey', columns: [t.readerId, t.createdAt, t.postId] }),
    index('feed_entries_author_idx').on(t.readerId, t.authorId),
  ],
);

/**
 * Of a reader without a row nothing is known: the entries are made again at the next read. Entries newer than `completeAfter`
 * are complete, older posts are read through the graph; null means complete since ever, infinity means not made yet.
 */
export const feedReaders = pgTable('feed_readers', {
  readerId: uuid('reader_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  completeAfter: time('complete_after'),
  /** A new one whenever the reader follows, unfollows, blocks or mutes: pages cached under another are void. */
  version: uuid('version').notNull().defaultRandom(),
});
