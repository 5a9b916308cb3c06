import { describe, expect } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import { scriptContext } from '../../../server/core/context.ts';
import { testWith } from '../../support/fixtures.ts';
import { makePhotograph } from '../../support/photograph.ts';
import { codeOf } from '../../support/refusal.ts';
import type { Person, World } from '../../support/world.ts';

let world: World;
let named = 0;
const test = testWith({ settings: { rateLimitFactor: 1000 } });
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const operator = (name: string) => createCaller(world.app)(scriptContext(null, name)).moderation;
const verdict = { rule: 'No spam', reason: 'Sells watches' };

function newcomer(): Promise<Person> {
  named += 1;
  return world.person(`person_${named}`);
}

async function caseOf(subjectId: string) {
  const { items } = await operator('Zoe').cases({ limit: 200 });
  return items.find((found) => found.subjectId === subjectId)!.id;
}

let seed = 0;

/** Reports the post, whose photograph is a new one, and returns the strike that an operator gives for it. */
async function strike(author: Person, reporter: Person) {
  seed += 1;
  const { id: postId } = await world.post(author, { body: await makePhotograph(seed) });
  await world.as(reporter).moderation.flagPost({ postId, category: 'spam' });
  const detail = await operator('Zoe').resolveCase({
    caseId: await caseOf(postId),
    action: 'strike',
    ...verdict,
  });
  return { postId, actionId: detail.actions.find(({ kind }) => kind === 'strike')!.id };
}

describe('an appeal', () => {
  test('is decided by somebody else, and overturned it brings back what was taken down', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    const { id: postId } = await world.post(alice);
    const { id: actionId } = await operator('Zoe').takedownPost({ postId, ...verdict });
    const made = await world.as(alice).moderation.appeal({ actionId, text: 'It is my own' });
    expect(made).toMatchObject({ status: 'open', action: { id: actionId, rule: 'No spam' } });
    const found = (await operator('Yan').appeals({})).items.find(({ id }) => id === made.id);
    expect(found).toMatchObject({
      appellant: { id: alice.id },
      actedBy: 'Zoe',
      resolvedBy: null,
      caseId: null,
    });
    const decision = { appealId: made.id, outcome: 'overturn', reason: 'It is indeed' } as const;
    expect(await codeOf(operator('Zoe').resolveAppeal(decision))).toBe('own_act');
    const answers = await Promise.all(
      ['Yan', 'Xia'].map((name) => codeOf(operator(name).resolveAppeal(decision))),
    );
    expect(answers.sort()).toEqual(['already_resolved', 'ok']);
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('ok');
    const done = (await world.as(alice).moderation.myActions({})).items;
    expect(done.map(({ kind }) => kind)).toEqual(['restore', 'takedown']);
    expect((await world.as(bob).moderation.myActions({})).items).toEqual([]);
    expect((await world.as(alice).moderation.myAppeals({})).items).toMatchObject([
      { status: 'overturned', reason: 'It is indeed' },
    ]);
    const { items } = await operator('Yan').audit({ subject: postId });
    expect(items.map(({ action }) => action)).toContain('appeal.resolve');
  });

  test('says which case it is about, when somebody has reported it', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    const { postId, actionId } = await strike(alice, bob);
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
    const { items } = await operator('Yan').appeals({ limit: 200 });
    const { caseId } = items.find(({ id }) => id === appealId)!;
    expect(await operator('Yan').case({ caseId: caseId! })).toMatchObject({ subjectId: postId });
  });

  test('changes nothing when it is upheld', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    const { id: postId } = await world.post(alice);
    const { id: actionId } = await operator('Zoe').takedownPost({ postId, ...verdict });
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
    await operator('Yan').resolveAppeal({ appealId, outcome: 'uphold', reason: 'It is not' });
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('not_found');
  });

  test('is possible once, for 30 days, and only against an action on yourself that is in force', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    const { id: actionId } = await operator('Zoe').warn({ userId: alice.id, ...verdict });
    const appeal = (person: Person, id = actionId) =>
      codeOf(world.as(person).moderation.appeal({ actionId: id, text: 'No' }));
    expect(await appeal(bob)).toBe('not_found');
    const twice = await Promise.all([appeal(alice), appeal(alice)]);
    expect(twice.sort()).toEqual(['appeal_exists', 'ok']);
    const { id: old } = await operator('Zoe').warn({ userId: alice.id, ...verdict });
    await world.database.sql`update actions set created_at = now() - interval '31 days' where id = ${old}`;
    expect(await appeal(alice, old)).toBe('appeal_too_late');
    const { id: postId } = await world.post(alice);
    const { id: undone } = await operator('Zoe').takedownPost({ postId, ...verdict });
    await operator('Zoe').restorePost({ postId, reason: 'Wrong post' });
    expect(await appeal(alice, undone)).toBe('not_found');
  });
});

describe('the decision on an appeal', () => {
  const told = async (person: Person) => {
    await world.drain();
    const { items } = await world.as(person).notifications.list({ grouped: false });
    return items.flatMap(({ kind, text }) => (kind === 'moderationNotice' ? [text] : []));
  };

  test.each([
    ['uphold', ['No spam: Read again', 'No spam: Sells watches']],
    ['overturn', ['No spam: Read again']],
  ] as const)('is told to the appellant once: %s', async (outcome, texts) => {
    const alice = await newcomer();
    const { id: actionId } = await operator('Zoe').warn({ userId: alice.id, ...verdict });
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
    expect(await told(alice)).toEqual(['No spam: Sells watches']);
    await operator('Yan').resolveAppeal({ appealId, outcome, reason: 'Read again' });
    expect(await told(alice)).toEqual(texts);
    const { id: banId } = await operator('Zoe').ban({ userId: alice.id, ...verdict, durationHours: null });
    const again = await world.as(alice).moderation.appeal({ actionId: banId, text: 'No' });
    const decision = { appealId: again.id, outcome: 'overturn', reason: 'Not so' } as const;
    await operator('Yan').resolveAppeal(decision);
    expect((await told(alice)).filter((text) => text === 'No spam: Not so')).toHaveLength(1);
    expect((await world.as(alice).auth.me({})).ban).toBeNull();
  });

  test('can overturn the takedown of content that has been purged', async () => {
    const alice = await newcomer();
    const { id: postId } = await world.post(alice);
    const { id: actionId } = await operator('Zoe').takedownPost({ postId, ...verdict });
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
    await world.database.sql`delete from posts where id = ${postId}`;
    const decided = await operator('Yan').resolveAppeal({ appealId, outcome: 'overturn', reason: 'Right' });
    expect(decided.action.undoneAt).not.toBeNull();
  });

  test('comes at the same time as operators undo the same, and all go well', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    for (let round = 0; round < 5; round++) {
      const { id: postId } = await world.post(alice);
      const { id: actionId } = await operator('Zoe').takedownPost({ postId, ...verdict });
      const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
      const answers = await Promise.all([
        codeOf(operator('Zoe').restorePost({ postId, reason: 'Wrong post' })),
        codeOf(operator('Yan').resolveAppeal({ appealId, outcome: 'overturn', reason: 'Right' })),
      ]);
      expect(answers).toEqual(['ok', 'ok']);
      expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('ok');
      expect((await world.as(alice).auth.me({})).postCount).toBe(round + 1);
    }
  });
});

describe('strikes', () => {
  test('the third strike bans for seven days; an overturned appeal undoes everything that followed from it', async () => {
    const [alice, bob] = [await newcomer(), await newcomer()];
    await strike(alice, bob);
    await strike(alice, bob);
    expect(await codeOf(world.as(bob).users.get({ userId: alice.id }))).toBe('ok');
    const { postId, actionId } = await strike(alice, bob);
    expect(await codeOf(world.as(bob).users.get({ userId: alice.id }))).toBe('not_found');
    const me = await world.as(alice).auth.me({});
    expect(me.ban!.until!.getTime() / 86_400_000).toBeCloseTo(Date.now() / 86_400_000 + 7, 1);
    const { id: appealId } = await world.as(alice).moderation.appeal({ actionId, text: 'No' });
    await operator('Yan').resolveAppeal({ appealId, outcome: 'overturn', reason: 'Right' });
    expect(await codeOf(world.as(bob).posts.get({ postId }))).toBe('ok');
    expect((await world.as(alice).auth.me({})).ban).toBeNull();
    await world.drain();
    const { strikes } = await world.as(alice).trust.score({});
    expect(strikes).toHaveLength(2);
  });
});

test('a story is taken down and comes back', async () => {
  const [alice, bob] = [await newcomer(), await newcomer()];
  const mediaId = await world.upload(alice);
  await world.drain();
  const { id: storyId } = await world.as(alice).stories.create({ mediaId, visibility: 'public' });
  await operator('Zoe').takedownStory({ storyId, ...verdict });
  expect(await codeOf(world.as(bob).stories.get({ storyId }))).toBe('not_found');
  await operator('Zoe').restoreStory({ storyId, reason: 'Wrong story' });
  expect(await codeOf(world.as(bob).stories.get({ storyId }))).toBe('ok');
});
