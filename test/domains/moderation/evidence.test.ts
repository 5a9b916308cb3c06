import { sql } from 'drizzle-orm';
import { beforeEach, expect } from 'vitest';
import { cleanUp } from '../../../server/jobs/cleanup.ts';
import { cleanupTasks } from '../../../server/jobs/cleanupTasks.ts';
import { expectConsistentData } from '../../support/consistentData.ts';
import { test } from '../../support/fixtures.ts';
import { NO_ORPHANS, orphanObjects } from '../../support/objects.ts';
import { makePhotograph } from '../../support/photograph.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

const verdict = { rule: 'No spam', reason: 'The photograph sells watches' };

let world: World;
let alice: Person;
let bob: Person;
let mediaId: string;
let seed = 0;
test.beforeAll(({ world: worldOfFile, alice: aliceOfFile, bob: bobOfFile }) => {
  world = worldOfFile;
  alice = aliceOfFile;
  bob = bobOfFile;
});
beforeEach(async () => {
  seed += 1;
  mediaId = await world.upload(alice, await makePhotograph(seed));
  await world.drain();
});

async function clean(name: 'stories' | 'posts'): Promise<void> {
  await world.app.db.execute(sql`delete from cleanup_tasks`);
  const tasks = { [name]: cleanupTasks[name]! };
  await cleanUp(world.app, { tasks, onOutcome: () => {} }, new AbortController().signal);
  await world.drain();
}

/** Responses at the URLs that operators get for the case. */
async function evidence(caseId: string): Promise<number[]> {
  const { media } = await world.admin.moderation.case({ caseId });
  const urls = media.flatMap(({ variants }) => variants.map(({ url }) => url));
  return [...new Set(await Promise.all(urls.map(async (url) => (await fetch(url)).status)))];
}

const caseOf = async (subjectId: string) =>
  (await world.admin.moderation.cases({})).items.find((one) => one.subjectId === subjectId)!.id;

const ofAlice = () => codeOf(world.as(alice).media.get({ mediaId }));

test('the photograph of a story that was taken down stays while there can be an appeal, though its owner deletes the story', async () => {
  const { id: storyId } = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
  await world.as(bob).moderation.flagStory({ storyId, category: 'spam' });
  const caseId = await caseOf(storyId);
  await world.admin.moderation.takedownStory({ storyId, ...verdict });
  await world.as(alice).stories.delete({ storyId });
  await world.drain();
  expect(await codeOf(world.as(alice).stories.get({ storyId }))).toBe('not_found');
  expect(await codeOf(world.as(bob).media.get({ mediaId }))).toBe('not_found');
  expect(await codeOf(world.as(alice).media.delete({ mediaId }))).toBe('media_in_use');
  const aged = (days: number) => sql`
    update stories set deleted_at = now() - interval '1 day' * ${days}, taken_down_at = now() - interval '1 day' * ${days}
    where id = ${storyId}`;
  await world.app.db.execute(aged(29));
  await clean('stories');
  expect(await evidence(caseId)).toEqual([200]);
  await world.app.db.execute(aged(31));
  await clean('stories');
  expect([await evidence(caseId), await ofAlice()]).toEqual([[], 'not_found']);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  await expectConsistentData(world);
});

test('a takedown of a story that was deleted can be undone, and brings nothing back', async () => {
  const { carol } = await world.people('carol');
  const removed = async () => {
    const { ledger } = await world.admin.trust.record({ userId: carol.id });
    return ledger.filter(({ act }) => act === 'contentRemoved').map(({ points }) => points);
  };
  const story = { mediaId: await world.upload(carol), visibility: 'public' } as const;
  const { id: storyId } = await world.as(carol).stories.create(story);
  await world.admin.moderation.takedownStory({ storyId, ...verdict });
  await world.drain();
  expect(await removed()).toEqual([-25]);
  await world.as(carol).stories.delete({ storyId });
  await world.admin.moderation.restoreStory({ storyId, reason: 'An error' });
  await world.drain();
  expect(await removed()).toEqual([]);
  expect(await codeOf(world.as(carol).stories.get({ storyId }))).toBe('not_found');
  await expectConsistentData(world);
});

test('the photographs of a post that was taken down and deleted are purged with it', async () => {
  const { id: postId } = await world.as(alice).posts.create({ mediaIds: [mediaId], visibility: 'public' });
  await world.as(bob).moderation.flagPost({ postId, category: 'spam' });
  const caseId = await caseOf(postId);
  await world.admin.moderation.takedownPost({ postId, ...verdict });
  await world.as(alice).posts.delete({ postId });
  const aged = (days: number) => sql`
    update posts set deleted_at = now() - interval '1 day' * ${days} where id = ${postId}`;
  await world.app.db.execute(aged(29));
  await clean('posts');
  expect(await evidence(caseId)).toEqual([200]);
  await world.app.db.execute(aged(31));
  await clean('posts');
  expect([await evidence(caseId), await ofAlice()]).toEqual([[], 'not_found']);
  expect(await orphanObjects(world)).toEqual(NO_ORPHANS);
  await expectConsistentData(world);
});
