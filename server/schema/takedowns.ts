import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { users } from './users.ts';

/** What a takedown of a profile took away, to be put back when it is undone; the avatar is marked instead. */
export interface RemovedTexts {
  displayName?: string;
  bio?: string;
  /** The display name that replaced it. */
  shownAs?: string;
}

/** Content that a takedown in force names: no use of it is shown to others. A mark lasts until its takedown is undone. */
export const takedownMarks = pgTable(
  'takedown_marks',
  {
    id: id(),
    /** Not a reference: a mark for everybody outlasts the account whose photograph was taken down. */
    actionId: uuid('action_id').notNull(),
    /** Whose photographs are meant; null for everybody's. */
    ownerId: uuid('owner_id').references(() => users.id, { onDelete: 'cascade' }),
    /** Of the photograph that was named; it may be purged by now. */
    mediaId: uuid('media_id').notNull(),
    /** The id of the media item, or the SHA-256 of its upload or of its original. */
    content: text('content').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('takedown_marks_action_key').on(t.actionId, t.content),
    index('takedown_marks_content_idx').on(t.content),
    index('takedown_marks_owner_idx').on(t.ownerId),
  ],
);
