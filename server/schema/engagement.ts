import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { posts } from './posts.ts';
import { users } from './users.ts';

export const likes = pgTable(
  'likes',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'likes_pkey', columns: [t.postId, t.userId] }),
    index('likes_post_idx').on(t.postId, t.createdAt, t.userId),
    index('likes_user_idx').on(t.userId),
  ],
);
