import { type Ciel, createCiel } from '../../sdk/src/index.ts';
import { makePhotograph } from './photograph.ts';

/** Secrets of the programs that tests start. */
export const ADMIN_TOKEN = 'the admin token of the tests, long enough';
export const ACCESS_KEY = Buffer.alloc(32, 11).toString('base64');
export const REFRESH_KEY = Buffer.alloc(32, 12).toString('base64');
export const PASSWORD = 'a bench under snow';

/** Budgets that tests do not run into. */
export const GENEROUS = { RATE_LIMIT_FACTOR: '100000', IP_SIGNUP_RATE_LIMIT: '100000' };

/** What a program needs to be an API on services of the test. */
export const SECRETS = { ADMIN_TOKEN, PASETO_ACCESS_KEY: ACCESS_KEY, PASETO_REFRESH_KEY: REFRESH_KEY };

/** An invite as an operator makes it, by the admin token over REST. */
export async function inviteFrom(url: string, adminToken = ADMIN_TOKEN, maxUses = 100): Promise<string> {
  const response = await fetch(`${url}/v1/admin/invites`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-admin-token': adminToken },
    body: JSON.stringify({ daysValid: 1, maxUses }),
  });
  if (response.status !== 201)
    throw new Error(`the invite was answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { code: string }).code;
}

export interface Visitor {
  id: string;
  handle: string;
  ciel: Ciel;
}

export async function signUp(url: string, inviteCode: string, handle: string): Promise<Visitor> {
  const ciel = createCiel({ url });
  await ciel.signUp({
    handle,
    displayName: handle,
    email: `${handle}@example.org`,
    password: PASSWORD,
    inviteCode,
  });
  return { id: (await ciel.auth.me()).id, handle, ciel };
}

let visits = 0;

/**
 * The whole path: two people come by an invite, one follows the other, a photograph is uploaded, made into pictures, posted,
 * and found in the home feed. Answers how the follower sees the post.
 */
export async function takeWholePath(url: string, adminToken?: string) {
  const code = await inviteFrom(url, adminToken, 2);
  const suffix = `${process.pid}_${++visits}`;
  const author = await signUp(url, code, `author_${suffix}`);
  const reader = await signUp(url, code, `reader_${suffix}`);
  await reader.ciel.social.follow({ userId: author.id });
  const mediaId = await author.ciel.upload(await makePhotograph(visits), { wait: true });
  const post = await author.ciel.posts.create({ mediaIds: [mediaId], caption: 'Snow', visibility: 'public' });
  const seen = await untilInFeed(reader, post.id);
  return { author, reader, post: seen };
}

/** The first page of the home feed must have it within ten seconds. */
export async function untilInFeed({ ciel }: Visitor, postId: string) {
  for (const deadline = Date.now() + 10_000; ; await ciel.feed.refresh()) {
    const { items } = await ciel.feed.home();
    const found = items.find(({ id }) => id === postId);
    if (found) return found;
    if (Date.now() > deadline) throw new Error('the post did not come into the feed');
  }
}
