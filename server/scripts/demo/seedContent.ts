import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../core/app.ts';
import { type Actor, actorOf, uploadPhoto } from './callers.ts';
import type { demoPosts, demoStories } from './content.ts';
import { takedown } from './interactions.ts';

type Post = (typeof demoPosts)[number];
type Story = (typeof demoStories)[number];

export const postsOf = async ({ caller, id }: Actor) =>
  (await caller.posts.byUser({ userId: id, limit: 200 })).items;
export const storiesOf = async ({ caller, id }: Actor) =>
  (await caller.stories.byUser({ userId: id, limit: 200 })).items;

/** Does nothing if the user already has the post. */
export async function postOnce(app: App, { author, photo, caption, altText }: Post): Promise<void> {
  const actor = await actorOf(app, author);
  if ((await postsOf(actor)).some((post) => post.caption === caption)) return;
  const mediaId = await uploadPhoto(actor.caller, photo, altText);
  await actor.caller.posts.create({ mediaIds: [mediaId], caption, visibility: 'public' });
}

/** Does nothing if the user already has the story. */
export async function storyOnce(app: App, story: Story): Promise<void> {
  const { author, photo, caption, altText, visibility } = story;
  const actor = await actorOf(app, author);
  if ((await storiesOf(actor)).some((known) => known.caption === caption)) return;
  const mediaId = await uploadPhoto(actor.caller, photo, altText);
  await actor.caller.stories.create({ mediaId, caption, visibility });
}

/** Uses the first photograph of each user's posts as their avatar; not the one that the demo takes down, which would hide it. */
export async function setAvatar(app: App, handle: string): Promise<void> {
  const actor = await actorOf(app, handle);
  if ((await actor.caller.auth.me()).avatar) return;
  const isKept = ({ caption }: { caption: string }) =>
    handle !== takedown.of.author || caption !== takedown.of.caption;
  const first = (await postsOf(actor)).filter(isKept).at(-1)?.media[0];
  if (first) await actor.caller.users.updateMe({ avatarMediaId: first.id });
}

/** Waits until every photograph of the user is processed. */
export async function ready(app: App, handle: string): Promise<void> {
  const actor = await actorOf(app, handle);
  for (;;) {
    const shown = [...(await postsOf(actor)), ...(await storiesOf(actor))];
    if (shown.every(({ status }) => status !== 'processing')) return;
    await sleep(50);
  }
}
