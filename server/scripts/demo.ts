import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import { setTrustLevel } from '../domains/users/public.ts';
import { actorOf, operator } from './demo/callers.ts';
import { demoPosts, demoStories, demoUsers } from './demo/content.ts';
import { postOnce, ready, setAvatar, storyOnce } from './demo/seedContent.ts';
import { connect, interact, moderate, viewStories } from './demo/seedInteractions.ts';

export interface DemoUser {
  handle: string;
  password: string;
}

const VERIFIED = 3;

/** The demo's passwords are public, so it is created only on installations that nobody else can reach. */
export const isDemoWanted = (config: Config) =>
  config.isEmbedded && ['127.0.0.1', '::1', 'localhost'].includes(config.host);

/** The demo users to sign in as; empty before the demo exists. */
export const demoUsersOf = (config: Config): DemoUser[] =>
  isDemoWanted(config) ? (readUsers(fileOf(config.dataDir)) ?? []) : [];

const fileOf = (dataDir: string) => join(dataDir, 'demo.json');

/** Creates the demo once, by calling procedures; a start that was interrupted resumes where it stopped. */
export async function seedDemo(app: App, dataDir: string): Promise<DemoUser[]> {
  const done = fileOf(dataDir);
  const earlier = readUsers(done);
  if (earlier) return earlier;
  const people = await makeDemo(app);
  writeFileSync(done, JSON.stringify(people), { mode: 0o600 });
  return people;
}

/** Creates what is missing and leaves the rest as it is. */
export async function makeDemo(
  app: App,
  onStep?: (done: number, of: number, what: string) => void,
): Promise<DemoUser[]> {
  const steps: [what: string, make: () => Promise<void>][] = [
    ...demoUsers.map((person) => step('people', () => registerOnce(app, person))),
    step('follows', () => connect(app)),
    ...demoPosts.map((post) => step('posts', () => postOnce(app, post))),
    ...demoStories.map((story) => step('stories', () => storyOnce(app, story))),
    ...demoUsers.map(({ handle }) => step('photographs', () => ready(app, handle))),
    ...demoUsers.map(({ handle }) => step('avatars', () => setAvatar(app, handle))),
    step('comments', () => interact(app)),
    step('story views', () => viewStories(app)),
    step('a report', () => moderate(app)),
  ];
  for (const [done, [what, make]] of steps.entries()) {
    onStep?.(done, steps.length, what);
    await make();
  }
  return demoUsers.map(({ handle, password }) => ({ handle, password }));
}

const step = (what: string, make: () => Promise<void>): [string, () => Promise<void>] => [what, make];

/** Null when the file is missing or incomplete. */
function readUsers(file: string): DemoUser[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoUser[];
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function registerOnce(app: App, person: (typeof demoUsers)[number]): Promise<void> {
  const { isPrivate, invitedBy, handle, email, displayName, bio, password } = person;
  const system = operator(app, 'demo');
  const known = await system.users.byHandle({ handle }).catch(() => null);
  if (!known) {
    const { code } = invitedBy
      ? await (await actorOf(app, invitedBy)).caller.invites.create({ daysValid: 1 })
      : await system.invites.adminCreate({ daysValid: 1, maxUses: 1, note: 'demo' });
    await system.users.register({ handle, email, displayName, bio, password, inviteCode: code });
  }
  const { id, caller } = await actorOf(app, handle);
  await setTrustLevel(app, id, VERIFIED);
  if (isPrivate) await caller.users.updateMe({ isPrivate });
}
