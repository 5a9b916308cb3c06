import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCaller } from '../api/router.ts';
import type { Config } from '../config.ts';
import type { App } from '../core/app.ts';
import { scriptContext } from '../core/context.ts';
import { setTrustLevel, viewerByHandle } from '../domains/users/service.ts';
import { demoPeople, demoPosts } from './demo/story.ts';

export interface DemoPerson {
  handle: string;
  password: string;
}

const PHOTOS = join(import.meta.dirname, 'demo/photos');
const VERIFIED = 3;

/** The demo's passwords are known to everybody, so it is made only where nobody else can reach it. */
export const isDemoWanted = (config: Config) =>
  config.isEmbedded && ['127.0.0.1', '::1', 'localhost'].includes(config.host);

/** People, follows and photographs, made by procedures once; a start that was cut short goes on where it stopped. */
export async function seedDemo(app: App, dataDir: string): Promise<DemoPerson[]> {
  const done = join(dataDir, 'demo.json');
  const earlier = readPeople(done);
  if (earlier) return earlier;
  const system = createCaller(app)(scriptContext(null, 'demo'));
  for (const person of demoPeople) await registerOnce(app, system, person);
  for (const { handle, follows } of demoPeople) {
    const caller = await callerOf(app, handle);
    for (const followed of follows)
      await caller.social.follow({ userId: (await viewerByHandle(app, followed)).id });
  }
  for (const post of demoPosts) await postOnce(app, post);
  for (const { handle } of demoPeople) await allReady(app, handle);
  const people = demoPeople.map(({ handle, password }) => ({ handle, password }));
  writeFileSync(done, JSON.stringify(people), { mode: 0o600 });
  return people;
}

/** Null when there are none yet, or the file was cut short. */
function readPeople(file: string): DemoPerson[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoPerson[];
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

type Caller = ReturnType<ReturnType<typeof createCaller>>;

async function callerOf(app: App, handle: string): Promise<Caller> {
  return createCaller(app)(scriptContext(await viewerByHandle(app, handle), 'demo'));
}

async function registerOnce(
  app: App,
  system: Caller,
  { follows: _, isPrivate, ...person }: (typeof demoPeople)[number],
) {
  const known = await system.users.byHandle({ handle: person.handle }).catch(() => null);
  if (!known) {
    const { code } = await system.invites.adminCreate({ daysValid: 1, maxUses: 1, note: 'demo' });
    await system.users.register({ ...person, inviteCode: code });
  }
  await setTrustLevel(app, (await viewerByHandle(app, person.handle)).id, VERIFIED);
  if (isPrivate) await (await callerOf(app, person.handle)).users.updateMe({ isPrivate });
}

/** Uploads through the ticket, as an app does; nothing when the person has the post already. */
async function postOnce(
  app: App,
  { author, photo, caption, altText }: (typeof demoPosts)[number],
): Promise<void> {
  const caller = await callerOf(app, author);
  const { id } = await viewerByHandle(app, author);
  const { items } = await caller.posts.byUser({ userId: id, limit: 200 });
  if (items.some((post) => post.caption === caption)) return;
  const bytes = readFileSync(join(PHOTOS, photo));
  const ticket = await caller.media.upload({ contentType: 'image/jpeg', bytes: bytes.length, altText });
  const response = await fetch(ticket.uploadUrl, {
    method: ticket.method,
    headers: ticket.headers,
    body: bytes,
  });
  if (!response.ok) throw new Error(`the demo's upload was answered with ${response.status}`);
  await caller.media.complete({ uploadId: ticket.uploadId });
  await caller.posts.create({ mediaIds: [ticket.uploadId], caption, visibility: 'public' });
}

async function allReady(app: App, handle: string): Promise<void> {
  const caller = await callerOf(app, handle);
  const { id } = await viewerByHandle(app, handle);
  for (;;) {
    const { items } = await caller.posts.byUser({ userId: id, limit: 200 });
    if (items.every((post) => post.status !== 'processing')) return;
    await sleep(50);
  }
}
