import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import { setTrustLevel } from '../domains/users/service.ts';
import { converse, draw, lookAtStories, moderate } from './demo/acts.ts';
import { actorOf, operator } from './demo/callers.ts';
import { portray, postOnce, ready, storyOnce } from './demo/photographs.ts';
import { demoPeople, demoPosts, demoStories } from './demo/story.ts';

export interface DemoPerson {
  handle: string;
  password: string;
}

const VERIFIED = 3;

/** The demo's passwords are known to everybody, so it is made only where nobody else can reach it. */
export const isDemoWanted = (config: Config) =>
  config.isEmbedded && ['127.0.0.1', '::1', 'localhost'].includes(config.host);

/** Those who can be signed in as; none before the demo is made. */
export const demoPeopleOf = (config: Config): DemoPerson[] =>
  isDemoWanted(config) ? (readPeople(fileOf(config.dataDir)) ?? []) : [];

const fileOf = (dataDir: string) => join(dataDir, 'demo.json');

/** People and what they do, made by procedures once; a start that was cut short goes on where it stopped. */
export async function seedDemo(app: App, dataDir: string): Promise<DemoPerson[]> {
  const done = fileOf(dataDir);
  const earlier = readPeople(done);
  if (earlier) return earlier;
  const people = await makeDemo(app);
  writeFileSync(done, JSON.stringify(people), { mode: 0o600 });
  return people;
}

/** What is there already is left as it is. */
export async function makeDemo(
  app: App,
  onStep?: (done: number, of: number, what: string) => void,
): Promise<DemoPerson[]> {
  const steps: [what: string, make: () => Promise<void>][] = [
    ...demoPeople.map((person) => step('people', () => registerOnce(app, person))),
    step('follows', () => draw(app)),
    ...demoPosts.map((post) => step('posts', () => postOnce(app, post))),
    ...demoStories.map((story) => step('stories', () => storyOnce(app, story))),
    ...demoPeople.map(({ handle }) => step('photographs', () => ready(app, handle))),
    ...demoPeople.map(({ handle }) => step('portraits', () => portray(app, handle))),
    step('comments', () => converse(app)),
    step('stories that are seen', () => lookAtStories(app)),
    step('a report', () => moderate(app)),
  ];
  for (const [done, [what, make]] of steps.entries()) {
    onStep?.(done, steps.length, what);
    await make();
  }
  return demoPeople.map(({ handle, password }) => ({ handle, password }));
}

const step = (what: string, make: () => Promise<void>): [string, () => Promise<void>] => [what, make];

/** Null when there are none yet, or the file was cut short. */
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
