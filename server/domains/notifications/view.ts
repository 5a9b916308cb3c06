import type { App } from '../../core/app.ts';
import type { MediaView } from '../media/contract.ts';
import { presentPosts } from '../posts/public.ts';
import { presentStories } from '../stories/public.ts';
import type { UserCard } from '../users/contract.ts';
import { presentUsers } from '../users/public.ts';
import { FIRST_ACTORS, type NotificationEntry } from './contract.ts';
import { type EntryRow, findEntries, findTexts, type SubjectText } from './queries.ts';

interface About {
  postId: string | null;
  commentId: string | null;
  storyId: string | null;
  text: string | null;
}

/** Those of the entries that the recipient may see now, by id. */
export async function presentEntries(
  app: App,
  recipientId: string,
  by: 'group' | 'single',
  ids: string[],
): Promise<Map<string, NotificationEntry>> {
  if (ids.length === 0) return new Map();
  const rows = await findEntries(app.db, recipientId, by, ids);
  const actorIds = rows.flatMap((row) => firstOf(row.actorIds));
  const [cards, texts] = await Promise.all([
    presentUsers(app, recipientId, [...new Set(actorIds)]),
    findTexts(app.db, [...new Set(rows.flatMap(idsWithText))]),
  ]);
  const abouts = new Map(rows.map((row) => [row.id, aboutOf(row, texts)]));
  const thumbnails = await findThumbnails(app, recipientId, [...abouts.values()]);
  return new Map(rows.map((row) => [row.id, present(row, abouts.get(row.id)!, cards, thumbnails)]));
}

const firstOf = (actorIds: EntryRow['actorIds']) =>
  [...new Set(actorIds.filter((id) => id !== null))].slice(0, FIRST_ACTORS);

/** The rows whose text is shown. */
const idsWithText = ({ kind, subjectId, sourceId }: EntryRow): string[] =>
  kind === 'commentLiked' ? [subjectId] : [sourceId];

function aboutOf({ kind, subjectId, sourceId }: EntryRow, texts: Map<string, SubjectText>): About {
  const nothing: About = { postId: null, commentId: null, storyId: null, text: null };
  const said = texts.get(sourceId)?.text ?? null;
  switch (kind) {
    case 'postLiked':
      return { ...nothing, postId: subjectId };
    case 'postCommented':
      return { ...nothing, postId: subjectId, commentId: sourceId, text: said };
    case 'commentReplied':
      return { ...nothing, postId: texts.get(sourceId)?.postId ?? null, commentId: sourceId, text: said };
    case 'commentLiked': {
      const liked = texts.get(subjectId);
      return { ...nothing, postId: liked?.postId ?? null, commentId: subjectId, text: liked?.text ?? null };
    }
    case 'mentioned':
      return {
        ...nothing,
        postId: subjectId,
        commentId: sourceId === subjectId ? null : sourceId,
        text: said,
      };
    case 'storyReaction':
      return { ...nothing, storyId: subjectId };
    case 'photographFailed': {
      const { postId = null, storyId = null } = texts.get(sourceId) ?? {};
      return { ...nothing, postId, storyId: postId === null ? storyId : null, text: said };
    }
    case 'moderationNotice':
    case 'newSignIn':
      return { ...nothing, text: said };
    default:
      return nothing;
  }
}

async function findThumbnails(
  app: App,
  recipientId: string,
  abouts: About[],
): Promise<Map<string, MediaView>> {
  const idsOf = (field: 'postId' | 'storyId') => [...new Set(abouts.flatMap((about) => about[field] ?? []))];
  const [posts, stories] = await Promise.all([
    presentPosts(app, recipientId, idsOf('postId')),
    presentStories(app, recipientId, idsOf('storyId')),
  ]);
  return new Map([
    ...[...posts].map(([id, { media }]) => [id, media[0]!] as const),
    ...[...stories].map(([id, { media }]) => [id, media] as const),
  ]);
}

function present(
  { id, kind, actorIds, count, isRead, createdAt, latestAt }: EntryRow,
  about: About,
  cards: Map<string, UserCard>,
  thumbnails: Map<string, MediaView>,
): NotificationEntry {
  const actors = firstOf(actorIds).flatMap((actorId) => cards.get(actorId) ?? []);
  const thumbnail = thumbnails.get(about.postId ?? about.storyId ?? '') ?? null;
  return { id, kind, actors, count, isRead, createdAt, latestAt, ...about, thumbnail };
}
