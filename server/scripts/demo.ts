import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import { setTrustLevel } from '../domains/users/public.ts';
import { connect, interact, moderate, viewStories } from './demo/activity.ts';
import { actorOf, operator } from './demo/callers.ts';
import { postOnce, ready, setAvatar, storyOnce } from './demo/photographs.ts';
import { demoPeople, demoPosts, demoStories } from './demo/story.ts';

export interface DemoPerson {
  handle: string;
  password: string;
}

const VERIFIED = 3;

/** The demo's passwords are public, so it is created only on installations that nobody else can reach. */
export const isDemoWanted = (config: Config) =>
  config.isEmbedded && ['127.0.0.1', '::1', 'localhost'].includes(config.host);

/** The demo users to sign in as; empty before the demo exists. */
export const demoPeopleOf = (config: Config): DemoPerson[] =>
  isDemoWanted(config) ? (readPeople(fileOf(config.dataDir)) ?? []) : [];

const fileOf = (dataDir: string) => join(dataDir, 'demo.json');

/** Creates the demo once, by calling procedures; a start that was interrupted resumes where it stopped. */
export async function seedDemo(app: App, dataDir: string): Promise<DemoPerson[]> {
  const done = fileOf(dataDir);
  const earlier = readPeople(done);
  if (earlier) return earlier;
  const people = await makeDemo(app);
  writeFileSync(done, JSON.stringify(people), { mode: 0o600 });
  return people;
}

/** Creates what is missing and leaves the rest as it is. */
export async function makeDemo(
  app: App,
  onStep?: (done: number, of: number, what: string) => void,
): Promise<DemoPerson[]> {
  const steps: [what: string, make: () => Promise<void>][] = [
    ...demoPeople.map((person) => step('people', () => registerOnce(app, person))),
    step('follows', () => connect(app)),
    ...demoPosts.map((post) => step('posts', () => postOnce(app, post))),
    ...demoStories.map((story) => step('stories', () => storyOnce(app, story))),
    ...demoPeople.map(({ handle }) => step('photographs', () => ready(app, handle))),
    ...demoPeople.map(({ handle }) => step('avatars', () => setAvatar(app, handle))),
    step('comments', () => interact(app)),
    step('story views', () => viewStories(app)),
    step('a report', () => moderate(app)),
  ];
  for (const [done, [what, make]] of steps.entries()) {
    onStep?.(done, steps.length, what);
    await make();
  }
  return demoPeople.map(({ handle, password }) => ({ handle, password }));
}

const step = (what: string, make: () => Promise<void>): [string, () => Promise<void>] => [what, make];

/** Null when the file is missing or incomplete. */
function readPeople(file: string): DemoPerson[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoPerson[];
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function registerOnce(app: App, person: (typeof demoPeople)[number]): Promise<void> {
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
