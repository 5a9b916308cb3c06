import { type TrackedEnvelope, tracked } from '@trpc/server';
import type { App } from '../../core/app.ts';
import type { Context, Viewer } from '../../core/context.ts';
import { CielError } from '../../core/errors.ts';
import type { notificationKinds } from '../../core/notices.ts';
import { countUnread } from '../../core/unread.ts';
import type { EventsInput, FeedEvent } from './contract.ts';
import { addStream, type OpenStream, removeStream } from './hub/service.ts';
import { type EventPosition, eventId, positionOf } from './positions.ts';
import * as queries from './queries.ts';

/** Streams of a session that has ended close within two seconds. */
const CHECK_EVERY_MS = 1_500;
const BEAT_EVERY_MS = 15_000;
const RENEW_EVERY_MS = 60_000;

type Events = AsyncGenerator<TrackedEnvelope<FeedEvent>, void, unknown>;

/**
 * Streams the viewer's events after the position until the signal aborts. Throws `unauthenticated` when the session
 * is over.
 */
export async function streamEvents(
  app: App,
  ctx: Context & { viewer: Viewer },
  { lastEventId }: EventsInput,
  signal: AbortSignal,
): Promise<Events> {
  const userId = ctx.viewer.id;
  const stream: OpenStream = { userId, position: { xid: 0n, id: 0n }, isReady: true, wake: () => {} };
  addStream(app, stream);
  signal.addEventListener('abort', () => close(app, stream), { once: true });
  try {
    await queries.listen(app.db, userId);
    const { since, now, run } = await queries.findBounds(app.db, userId);
    const resumed = lastEventId === undefined ? null : positionOf(lastEventId, run);
    const isKnown = resumed !== null && resumed.xid >= since && resumed.xid <= now;
    stream.position = isKnown ? resumed : { xid: now, id: 0n };
    if (signal.aborted) close(app, stream);
    const hasGap = lastEventId !== undefined && !isKnown;
    return follow(app, ctx, stream, { run, hasGap }, signal);
  } catch (error) {
    close(app, stream);
    throw error;
  }
}

function close(app: App, stream: OpenStream): void {
  removeStream(app, stream);
  stream.wake();
}

async function* follow(
  app: App,
  ctx: Context & { viewer: Viewer },
  stream: OpenStream,
  { run, hasGap }: { run: string; hasGap: boolean },
  signal: AbortSignal,
): Events {
  const say = (event: FeedEvent, at: EventPosition = stream.position) => tracked(eventId(at, run), event);
  let unread: number | null = null;
  let beatAt = performance.now();
  let renewedAt = beatAt;
  try {
    if (hasGap) yield say({ type: 'gap' });
    while (!signal.aborted) {
      const now = performance.now();
      const isBeat = now - beatAt >= BEAT_EVERY_MS;
      if (now - renewedAt >= RENEW_EVERY_MS) {
        await queries.listen(app.db, stream.userId);
        renewedAt = now;
      }
      if (stream.isReady || isBeat) {
        stream.isReady = false;
        for await (const event of readNew(app, stream)) yield say(event);
        const unreadCount = await countUnread(app.db, stream.userId);
        if (unreadCount !== unread) yield say({ type: 'unreadCount', unreadCount });
        else if (isBeat) yield say({ type: 'alive' });
        unread = unreadCount;
        beatAt = now;
      }
      await wait(stream, signal);
      if (signal.aborted) return;
      const viewer = await ctx.authenticateAgain();
      if (!viewer || viewer.bannedUntil) throw new CielError('unauthenticated');
    }
  } finally {
    close(app, stream);
  }
}

/** Advances the position. Events that the viewer may not see now are skipped. */
async function* readNew(app: App, stream: OpenStream): AsyncGenerator<FeedEvent, void, unknown> {
  for (;;) {
    const rows = await queries.findEvents(app.db, stream.userId, stream.position);
    if (rows.length === 0) return;
    const presented = await presentEvents(app, stream.userId, rows);
    for (const row of rows) {
      stream.position = { xid: row.xid, id: row.id };
      const event = presented.get(keyOf(row.kind, row.subjectId));
      if (event) yield event;
    }
  }
}

async function presentEvents(
  app: App,
  userId: string,
  rows: queries.EventRow[],
): Promise<Map<string, FeedEvent>> {
  const idsOf = (wanted: string) =>
    rows.filter(({ kind }) => kind === wanted).map(({ subjectId }) => subjectId);
  const [posts, notices, changed, told, renewed] = await Promise.all([
    queries.findPosts(app.db, userId, idsOf('post')),
    queries.findNotifications(app.db, userId, idsOf('notification')),
    queries.findVisiblePosts(app.db, userId, idsOf('postMedia')),
    queries.findVisibleStories(app.db, userId, idsOf('storyMedia')),
    queries.findVisibleUsers(app.db, userId, idsOf('avatar')),
  ]);
  const byKey = new Map<string, FeedEvent>();
  for (const { id: postId, authorId } of posts)
    byKey.set(keyOf('post', postId), { type: 'post', postId, authorId });
  for (const { id, kind } of notices)
    byKey.set(keyOf('notification', id), {
      type: 'notification',
      notificationId: id,
      kind: kind as (typeof notificationKinds)[number],
    });
  for (const { id: postId, authorId } of changed)
    byKey.set(keyOf('postMedia', postId), { type: 'postMedia', postId, authorId });
  for (const { id: storyId, authorId } of told)
    byKey.set(keyOf('storyMedia', storyId), { type: 'storyMedia', storyId, authorId });
  for (const { id } of renewed) byKey.set(keyOf('avatar', id), { type: 'avatar', userId: id });
  return byKey;
}

const keyOf = (kind: queries.EventRow['kind'], subjectId: string) => `${kind} ${subjectId}`;

const wait = (stream: OpenStream, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || stream.isReady) return resolve();
    const timer = setTimeout(resolve, CHECK_EVERY_MS);
    stream.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

/** Sends the event to the author and to followers who are listening. Runs in the transaction that fans the post out. */
export const publishPost = (app: App, post: { id: string; authorId: string }): Promise<void> =>
  queries.insertForFollowers(app.db, post);

/** Sends the event to the recipient if they are listening. Runs in the transaction that creates the notification. */
export const publishNotification = (app: App, recipientId: string, notificationId: string): Promise<void> =>
  queries.insertForRecipient(app.db, recipientId, notificationId);

/**
 * Tells users who listen that URLs of the photo have ended or that lasting ones have replaced them. Runs in the transaction that moves it.
 */
export const publishMediaChange = (app: App, mediaId: string): Promise<void> =>
  queries.insertMediaChange(app.db, mediaId);
