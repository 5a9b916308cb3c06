import { makePhotograph } from '../support/photograph.ts';
import { serverFor } from '../support/server.ts';
import { createWorld, type Person, type World } from '../support/world.ts';

/** The viewers. Each has the same relationship to both authors. */
export const viewers = [
  'anonymous',
  'stranger',
  'follower',
  'requested',
  'mutual',
  'closeFriend',
  'blocked',
  'blocker',
  'muter',
  'banned',
  'owner',
  'admin',
] as const;
export type ViewerKind = (typeof viewers)[number];
type Actor = Exclude<ViewerKind, 'anonymous' | 'owner' | 'admin'>;
export const actors = viewers.filter(
  (kind): kind is Actor => !['anonymous', 'owner', 'admin'].includes(kind),
);

/** A subject in one state, by the author with the public account or the one with the private account. */
export const states = [
  'public',
  'followersOnly',
  'privateAuthor',
  'friendsStory',
  'closeFriendsStory',
  'expired',
  'takenDown',
  'photoTakenDown',
  'photoTakenDownStory',
  'deleted',
  'processing',
] as const;
export type State = (typeof states)[number];
type AuthorKind = 'open' | 'closed';

export interface Subject {
  state: State;
  kind: 'post' | 'story';
  author: Person;
  /** Id of the post or the story. */
  id: string;
  mediaId: string;
  /** By the author, under the post; the post's own id for a story. */
  commentId: string;
  /** Id of a highlight with the story; until there is one, and for a post, the subject's own id. */
  highlightId: string;
  /** In its caption, and nowhere else. */
  canary: string;
  /** In the comment under it, and nowhere else. */
  commentCanary: string;
}

export type Cast = Awaited<ReturnType<typeof createCast>>;

/** Two authors with one subject in each state, twelve kinds of viewers, and the whole HTTP layer in front. */
export async function createCast() {
  const world = await createWorld({ settings: { rateLimitFactor: 1_000_000 } });
  const { open_author, closed_author } = await world.people('open_author', 'closed_author');
  const authors = { open: open_author, closed: closed_author };
  const named = await Promise.all(
    actors.map(async (kind) => [kind, await world.person(`a_${kind}`)] as const),
  );
  const people = Object.fromEntries(named) as Record<Actor, Person>;
  await relate(world, authors, people);
  const subjects: Subject[] = [];
  for (const state of states) subjects.push(await makeSubject(world, authors, state));
  await finish(world, subjects, people);
  const { app } = world;
  const server = await serverFor(app);
  return {
    world,
    server,
    authors,
    people,
    subjects,
    close: async () => {
      await server.close();
      await world.close();
    },
  };
}

async function relate(world: World, authors: Record<AuthorKind, Person>, people: Record<Actor, Person>) {
  const { as } = world;
  await as(authors.closed).users.updateMe({ isPrivate: true });
  for (const author of Object.values(authors)) {
    for (const kind of ['follower', 'mutual', 'closeFriend', 'muter', 'banned'] as const) {
      const { state } = await as(people[kind]).social.follow({ userId: author.id });
      if (state === 'requested') await as(author).social.acceptRequest({ userId: people[kind].id });
    }
    if (author === authors.closed) await as(people.requested).social.follow({ userId: author.id });
    await as(author).social.follow({ userId: people.mutual.id });
    await as(author).social.addCloseFriend({ userId: people.closeFriend.id });
    await as(author).social.block({ userId: people.blocked.id });
    await as(people.blocker).social.block({ userId: author.id });
    await as(people.muter).social.mute({ userId: author.id });
  }
}

const isStory = (state: State) =>
  ['friendsStory', 'closeFriendsStory', 'photoTakenDownStory', 'expired'].includes(state);

async function makeSubject(
  world: World,
  authors: Record<AuthorKind, Person>,
  state: State,
): Promise<Subject> {
  const author = state === 'privateAuthor' ? authors.closed : authors.open;
  const canary = `canary${state.toLowerCase()}`;
  const commentCanary = `remark${state.toLowerCase()}`;
  const mediaId = await world.upload(author, await makePhotograph(10 + states.indexOf(state)));
  if (state !== 'processing') await world.drain();
  await world.as(author).media.edit({ mediaId, altText: `${canary} alt` });
  const common = { state, author, mediaId, canary, commentCanary };
  if (isStory(state)) {
    const visibility = ({ friendsStory: 'friends', closeFriendsStory: 'closeFriends' } as const)[
      state as 'friendsStory'
    ];
    const { id } = await world
      .as(author)
      .stories.create({ mediaId, caption: canary, visibility: visibility ?? 'public' });
    return { ...common, kind: 'story', id, commentId: id, highlightId: id };
  }
  const visibility = state === 'followersOnly' ? 'followers' : 'public';
  const { id } = await world.as(author).posts.create({
    mediaIds: [mediaId],
    caption: `${canary} #${canary} ${actors.map((kind) => `@a_${kind}`).join(' ')}`,
    visibility,
  });
  const comment = await world.as(author).engagement.comment({ postId: id, body: commentCanary });
  return { ...common, kind: 'post', id, commentId: comment.id, highlightId: id };
}

/** Changes to the subjects after their creation; the photograph of `processing` is never processed. */
async function finish(world: World, subjects: Subject[], people: Record<Actor, Person>): Promise<void> {
  const { as, admin } = world;
  const { sql } = world.database;
  const of = (state: State) => subjects.find((subject) => subject.state === state)!;
  for (const subject of subjects.filter(({ kind, state }) => kind === 'story' && state !== 'expired')) {
    const highlight = await as(subject.author).highlights.add({
      storyId: subject.id,
      highlightName: `High ${subject.canary}`.slice(0, 50),
    });
    subject.highlightId = highlight.id;
  }
  await sql`update stories set created_at = now() - interval '25 hours', expires_at = now() - interval '1 hour' where id = ${of('expired').id}`;
  await admin.moderation.takedownPost({
    postId: of('takenDown').id,
    rule: 'spam',
    reason: 'A reason of the test',
  });
  // Not the post or the story itself, but another one with the same photograph.
  for (const { author, mediaId } of [of('photoTakenDown'), of('photoTakenDownStory')]) {
    const { id: postId } = await as(author).posts.create({ mediaIds: [mediaId], visibility: 'public' });
    await admin.moderation.takedownPost({ postId, rule: 'spam', reason: 'A reason of the test' });
  }
  await as(of('deleted').author).posts.delete({ postId: of('deleted').id });
  const waiting = of('processing').mediaId;
  await sql`delete from jobs where body->>'mediaId' = ${waiting}`;
  await world.drain();
  await admin.moderation.ban({
    userId: people.banned.id,
    rule: 'spam',
    reason: 'A reason of the test',
    durationHours: null,
  });
  const { handle: identifier, password } = people.banned;
  people.banned.tokens = await world.anonymous.auth.login({ identifier, password });
  await world.drain();
}
