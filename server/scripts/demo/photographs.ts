import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../core/app.ts';
import { type Actor, actorOf, uploadPhoto } from './callers.ts';
import type { demoPosts, demoStories } from './story.ts';

type Post = (typeof demoPosts)[number];
type Story = (typeof demoStories)[number];

export const postsOf = async ({ caller, id }: Actor) =>
  (await caller.posts.byUser({ userId: id, limit: 200 })).items;
export const storiesOf = async ({ caller, id }: Actor) =>
  (await caller.stories.byUser({ userId: id, limit: 200 })).items;

/** Nothing when the person has the post already. */
export async function postOnce(app: App, { author, photo, caption, altText }: Post): Promise<void> {
  const actor = await actorOf(app, author);
  if ((await postsOf(actor)).some((post) => post.caption === caption)) return;
  const mediaId = await uploadPhoto(actor.caller, photo, altText);
  await actor.caller.posts.create({ mediaIds: [mediaId], caption, visibility: 'public' });
}

/** Nothing when the person has the story already. */
export async function storyOnce(app: App, story: Story): Promise<void> {
  const { author, photo, caption, altText, visibility } = story;
  const actor = await actorOf(app, author);
  if ((await storiesOf(actor)).some((known) => known.caption === caption)) return;
  const mediaId = await uploadPhoto(actor.caller, photo, altText);
  await actor.caller.stories.create({ mediaId, caption, visibility });
}

/** Those who have shared a photograph are known by their first. */
export async function portray(app: App, handle: string): Promise<void> {
  const actor = await actorOf(app, handle);
  const first = (await postsOf(actor)).at(-1)?.media[0];
  if (first) await actor.caller.users.updateMe({ avatarMediaId: first.id });
}

/** Waits until every photograph of the person is made. */
export async function ready(app: App, handle: string): Promise<void> {
  const actor = await actorOf(app, handle);
  for (;;) {
    const shown = [...(await postsOf(actor)), ...(await storiesOf(actor))];
    if (shown.every(({ status }) => status !== 'processing')) return;
    await sleep(50);
  }
}
