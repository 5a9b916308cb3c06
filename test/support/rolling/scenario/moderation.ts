import type { Json, Person } from '../calls.ts';
import type { Pair } from '../pair.ts';
import type { Content } from './content.ts';
import { type Cast, has } from './people.ts';

const verdict = { rule: 'No spam', reason: 'Sells watches' };
const again = { reason: 'It was a mistake' };

export async function moderate(pair: Pair, cast: Cast, content: Content): Promise<void> {
  await report(pair, cast, content);
  await takeDown(pair, cast, content);
  await appeal(pair, cast);
  await watchDevices(pair, cast);
  await ban(pair, cast);
  await deleteAccounts(pair, cast);
}

async function report({ write, see }: Pair, { alice, bob, dave, erin, grace }: Cast, content: Content) {
  const { postId, commentId, storyId } = content;
  const flag = { category: 'spam', reason: 'It is not what it says' };
  await write('POST /moderation/users/{userId}/flag', dave, { userId: grace.id }, flag);
  await write('POST /moderation/posts/{postId}/flag', dave, { postId }, flag);
  await write('POST /moderation/comments/{commentId}/flag', erin, { commentId }, flag);
  await write('POST /moderation/stories/{storyId}/flag', bob, { storyId }, flag);
  await see('GET /moderation/my-reports', dave, {}, ({ items }) => items.length === 2);
  const caseOf = async (subjectId: string): Promise<string> => {
    const { items } = await see(
      'GET /moderation/cases',
      'operator',
      { limit: 50 },
      has('subjectId', subjectId),
    );
    return (items as Json[]).find((one) => one.subjectId === subjectId)!.id;
  };
  for (const [subjectId, action] of [
    [grace.id, 'warn'],
    [postId, 'dismiss'],
    [commentId, 'dismiss'],
  ] as const) {
    const caseId = await caseOf(subjectId);
    await write('POST /moderation/cases/{caseId}/resolve', 'operator', { caseId }, { action, ...verdict });
    await see(
      'GET /moderation/cases/{caseId}',
      'operator',
      { caseId },
      ({ resolution }) => resolution === action,
    );
  }
  await see('GET /moderation/my-reports', dave, {}, has('outcome', 'upheld'));
  await see('GET /notifications', grace, {}, has('kind', 'moderationNotice'));
  await see('GET /moderation/cases', 'operator', {}, has('owner.id', alice.id));
}

async function takeDown(pair: Pair, { alice, dave }: Cast, { postId, commentId, storyId }: Content) {
  const { write, see, seeRefused } = pair;
  await write('POST /moderation/posts/{postId}/takedown', 'operator', { postId }, verdict);
  await seeRefused('GET /posts/{postId}', dave, { postId });
  await write('POST /moderation/posts/{postId}/restore', 'operator', { postId }, again);
  await see('GET /posts/{postId}', dave, { postId }, ({ id }) => id === postId);
  await write('POST /moderation/comments/{commentId}/takedown', 'operator', { commentId }, verdict);
  const comments = (count: number) =>
    see(
      'GET /posts/{postId}/comments',
      dave,
      { postId, limit: 50 },
      ({ items }) => (items as Json[]).filter(({ id }) => id === commentId).length === count,
    );
  await comments(0);
  await write('POST /moderation/comments/{commentId}/restore', 'operator', { commentId }, again);
  await comments(1);
  await write('POST /moderation/stories/{storyId}/takedown', 'operator', { storyId }, verdict);
  await seeRefused('GET /stories/{storyId}', dave, { storyId });
  await write('POST /moderation/stories/{storyId}/restore', 'operator', { storyId }, again);
  await see('GET /stories/{storyId}', dave, { storyId }, ({ id }) => id === storyId);
  await see('GET /account/actions', alice, {}, ({ items }) => items.length > 1);
}

async function appeal({ write, see }: Pair, { bob }: Cast): Promise<void> {
  const userId = bob.id;
  for (const outcome of ['overturn', 'uphold']) {
    const action = await write('POST /moderation/users/{userId}/warn', 'operator', { userId }, verdict);
    await see('GET /account/actions', bob, {}, has('id', action.id));
    const text = 'They are my own';
    const { id: appealId } = await write('POST /account/appeals', bob, {}, { actionId: action.id, text });
    await see('GET /moderation/appeals', 'operator', {}, has('id', appealId));
    const decision = { outcome, reason: 'Read again' };
    await write('POST /moderation/appeals/{appealId}/resolve', 'colleague', { appealId }, decision);
    await see('GET /account/appeals', bob, {}, has('status', outcome === 'uphold' ? 'upheld' : 'overturned'));
  }
  await see('GET /moderation/audit', 'operator', { actor: 'colleague' }, has('action', 'appeal.resolve'));
}

async function watchDevices({ write, see }: Pair, { dave }: Cast): Promise<void> {
  const userId = dave.id;
  await write('POST /admin/users/{userId}/verify', 'operator', { userId });
  await see('GET /account/trust-score', dave, {}, ({ level }) => level === 3);
  await write('POST /admin/users/{userId}/unverify', 'operator', { userId });
  await see('GET /admin/trust/{userId}', 'operator', { userId }, ({ level }) => level < 3);
  await write(
    'POST /account/device/register',
    dave,
    {},
    { fingerprint: `a second device of ${dave.handle}` },
  );
  const { items } = await see('GET /account/devices', dave, {}, (body) => body.items.length === 2);
  const hash = (items as Json[])[0]!.hash as string;
  await write('POST /admin/devices/{hash}/block', 'operator', { hash }, again);
  await see('GET /admin/devices/{hash}', 'operator', { hash }, ({ blockedAt }) => blockedAt !== null);
  await write('POST /admin/devices/{hash}/unblock', 'operator', { hash }, again);
  await see('GET /admin/users/{userId}/devices', 'operator', { userId }, has('blockedAt', null));
  await clearSignup();
  await write('POST /admin/jobs/replay', 'operator', {}, { ids: 'all' });
  await see('GET /admin/jobs/dead', 'operator', {}, (body) => body.items.length === 0);

  /** Sign-ups on one device until the last one is held for review. */
  async function clearSignup(): Promise<void> {
    const { code } = await write('POST /admin/invites', 'operator', {}, { maxUses: 50 });
    for (let n = 0; ; n++) {
      if (n === 12) throw new Error('no sign-up was held for review');
      const handle = `f${n}${dave.handle}`;
      const newcomer = await write(
        'POST /users',
        null,
        {},
        {
          handle,
          email: `${handle}@example.org`,
          displayName: handle,
          password: dave.password,
          inviteCode: code,
          fingerprint: `the device of a farm of ${dave.handle}`,
        },
      );
      const id = newcomer.user.id as string;
      const { items } = await see('GET /admin/signups', 'operator', { limit: 50 }, () => true);
      if (!(items as Json[]).some(({ account }) => account.id === id)) continue;
      await write('POST /admin/signups/{userId}/clear', 'operator', { userId: id });
      await see('GET /admin/signups', 'operator', { limit: 50 }, ({ items }) =>
        (items as Json[]).every(({ account }) => account.id !== id),
      );
      return;
    }
  }
}

async function ban({ write, see, seeRefused }: Pair, { grace }: Cast): Promise<void> {
  const userId = grace.id;
  await write(
    'POST /moderation/users/{userId}/ban',
    'operator',
    { userId },
    { ...verdict, durationHours: 24 },
  );
  await seeRefused('GET /users/{userId}', null, { userId });
  await seeRefused('GET /auth/me', grace, {}, 401);
  await write('POST /moderation/users/{userId}/unban', 'operator', { userId }, again);
  await see('GET /users/{userId}', null, { userId }, ({ id }) => id === userId);
  const { handle } = grace;
  await see(
    'GET /admin/accounts/{handle}',
    'operator',
    { handle },
    ({ bannedUntil }) => bannedUntil === null,
  );
}

async function deleteAccounts({ write, seeRefused }: Pair, { erin, frank }: Cast): Promise<void> {
  const gone = (person: Person) => seeRefused('GET /users/{userId}', null, { userId: person.id });
  await write('DELETE /account', erin, {}, { password: erin.password });
  await gone(erin);
  await seeRefused('GET /auth/me', erin, {}, 401);
  await write('POST /admin/users/{userId}/delete', 'operator', { userId: frank.id }, again);
  await gone(frank);
}
