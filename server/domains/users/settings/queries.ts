import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../../infra/db/db.ts';
import { userSettings } from '../../../schema/index.ts';
import { Settings, type SettingsChange } from '../contract.ts';

type SettingsRow = typeof userSettings.$inferSelect;

const defaults: Settings = {
  notifications: {
    followed: 'everyone',
    followRequested: 'everyone',
    requestAccepted: 'everyone',
    postLiked: 'everyone',
    postCommented: 'everyone',
    commentReplied: 'everyone',
    commentLiked: 'everyone',
    mentioned: 'everyone',
    storyReaction: 'everyone',
    inviteRedeemed: 'everyone',
  },
  commentPolicy: 'everyone',
  storyAudience: 'friends',
};

/** What the user chose, with defaults for the rest. */
export function settingsFrom(row: SettingsRow | null | undefined): Settings {
  if (!row) return defaults;
  const { notifications, commentPolicy, storyAudience } = row;
  return Settings.parse({
    notifications: { ...defaults.notifications, ...notifications },
    commentPolicy,
    storyAudience,
  });
}

export async function findSettings(db: Db, userId: string): Promise<Settings> {
  const [row] = await db.select().from(userSettings).where(eq(userSettings.userId, userId));
  return settingsFrom(row);
}

export async function mergeSettings(db: Db, userId: string, change: SettingsChange): Promise<Settings> {
  const { notifications = {}, commentPolicy, storyAudience } = change;
  const chosen = Object.entries(notifications).flatMap(([kind, source]) => (source ? [[kind, source]] : []));
  const [row] = await db
    .insert(userSettings)
    .values({
      userId,
      notifications: Object.fromEntries(chosen),
      commentPolicy: commentPolicy ?? defaults.commentPolicy,
      storyAudience: storyAudience ?? defaults.storyAudience,
    })
    .onConflictDoUpdate({
      target: userSettings.userId,
      set: {
        notifications: sql`${userSettings.notifications} || excluded.notifications`,
        commentPolicy,
        storyAudience,
      },
    })
    .returning();
  return settingsFrom(row);
}
