import { makePhotograph } from '../photograph.ts';
import type { Stock } from './values.ts';

export const PASSWORD = 'a bench under snow';

/** Asks the API in the ordinary way. */
export type Ask = (
  method: string,
  path: string,
  more?: { as?: Person | 'admin'; body?: object },
) => Promise<{ status: number; body: Json }>;
// biome-ignore lint/suspicious/noExplicitAny: any response.
export type Json = Record<string, any>;

export interface Person {
  id: string;
  handle: string;
  accessToken: string;
  refreshToken: string;
}

/** Asks over REST at the port. */
export const askAt =
  (port: number, adminToken: string): Ask =>
  async (method, path, { as, body } = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(as === 'admin'
          ? { 'x-admin-token': adminToken }
          : as
            ? { authorization: `Bearer ${as.accessToken}` }
            : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : {} };
  };

let signups = 0;

export async function signUp(ask: Ask, inviteCode: string): Promise<Person> {
  const handle = `hostile_${++signups}`;
  const { status, body } = await ask('POST', '/users', {
    body: { handle, email: `${handle}@example.org`, displayName: handle, password: PASSWORD, inviteCode },
  });
  if (status !== 201) throw new Error(`nobody could sign up: ${JSON.stringify(body)}`);
  return { id: body.user.id, handle, accessToken: body.accessToken, refreshToken: body.refreshToken };
}

/** Restores a user who was banned, signed out or deleted by other requests, or registers a new one in their place. */
export async function revive(ask: Ask, person: Person, inviteCode: string): Promise<Person> {
  const { status } = await ask('PATCH', '/users/me', { as: person, body: {} });
  if (status === 200) return person;
  await ask('POST', `/moderation/users/${person.id}/unban`, { as: 'admin', body: { reason: 'Again' } });
  const login = await ask('POST', '/auth/login', {
    body: { identifier: `${person.handle}@example.org`, password: PASSWORD },
  });
  if (login.status !== 200) return signUp(ask, inviteCode);
  return { ...person, accessToken: login.body.accessToken, refreshToken: login.body.refreshToken };
}

/** A post, a story, a photograph that nothing refers to yet, and one whose bytes have not been completed. */
export async function publish(ask: Ask, person: Person): Promise<void> {
  const ids: string[] = [];
  for (const seed of [1, 2, 3, 4]) ids.push(await upload(ask, person, seed, seed === 4));
  const caption = `Snow #winter @${person.handle}`;
  const post = await ask('POST', '/posts', {
    as: person,
    body: { mediaIds: [ids[0]], caption, visibility: 'public' },
  });
  const story = await ask('POST', '/stories', {
    as: person,
    body: { mediaId: ids[1], visibility: 'public' },
  });
  for (const body of ['Look', 'A light!'])
    await ask('POST', `/posts/${post.body.id}/comment`, { as: person, body: { body } });
  const highlight = { highlightName: 'Winter' };
  await ask('POST', `/stories/${story.body.id}/highlights`, { as: person, body: highlight });
  const device = { fingerprint: ORDINARY.fingerprint![0] };
  await ask('POST', '/account/device/register', { as: person, body: device });
  const verdict = { rule: 'No spam', reason: 'Sells watches' };
  await ask('POST', `/moderation/users/${person.id}/warn`, { as: 'admin', body: verdict });
}

async function upload(ask: Ask, person: Person, seed: number, isLeftOpen: boolean): Promise<string> {
  const bytes = await makePhotograph(seed, { width: 32, height: 24 });
  const { body: ticket } = await ask('POST', '/media/upload', {
    as: person,
    body: { contentType: 'image/jpeg', bytes: bytes.length },
  });
  await fetch(ticket.uploadUrl, {
    method: ticket.method,
    headers: ticket.headers,
    body: new Uint8Array(bytes),
  });
  if (!isLeftOpen) await ask('POST', `/media/upload/${ticket.uploadId}/complete`, { as: person });
  return ticket.uploadId;
}

/** Everything that a look around finds, by the names of the fields that take it. */
export async function lookAround(ask: Ask, people: Person[], own: Stock): Promise<Stock> {
  const stock: Stock = {
    ...ORDINARY,
    ...own,
    userId: people.map(({ id }) => id),
    handle: people.map(({ handle }) => handle),
  };
  const isOneOf = (userId: string) => people.some(({ id }) => id === userId);
  const add = (name: string, value: unknown) => {
    if (typeof value === 'string') stock[name] = [...(stock[name] ?? []), value];
  };
  for (const person of people) {
    for (const [path, name] of LISTS) {
      const { body } = await ask('GET', path.replace('{me}', person.id), { as: person });
      for (const item of body.items ?? []) add(name, item.id ?? item.user?.id ?? item.code ?? item.hash);
      add('cursor', body.nextCursor);
    }
    add('refreshToken', person.refreshToken);
    add('identifier', person.handle);
  }
  for (const postId of (stock.postId ?? []).slice(0, 6)) {
    const { body } = await ask('GET', `/posts/${postId}/comments?limit=1`, { as: people[0]! });
    for (const item of body.items ?? []) add('commentId', item.id);
    add('cursor', body.nextCursor);
  }
  for (const [path, name] of ADMIN_LISTS) {
    const { body } = await ask('GET', path, { as: 'admin' });
    for (const item of body.items ?? []) if (!item.owner || isOneOf(item.owner.id)) add(name, item.id);
    add('cursor', body.nextCursor);
  }
  stock.parentId = stock.commentId ?? [];
  stock.coverStoryId = stock.storyId ?? [];
  stock.avatarMediaId = stock.mediaId ?? [];
  stock.upToId = stock.notificationId ?? [];
  stock.uploadId = stock.mediaId ?? [];
  return stock;
}

const ORDINARY: Stock = {
  contentType: ['image/jpeg'],
  password: [PASSWORD],
  currentPassword: [PASSWORD],
  newPassword: [PASSWORD],
  emoji: ['❤️', '🔥'],
  tag: ['winter', 'snow'],
  fingerprint: ['the first device', 'the second device'],
};

const LISTS: [path: string, name: string][] = [
  ['/users/{me}/posts?limit=3', 'postId'],
  ['/feed?limit=3', 'postId'],
  ['/feed/explore?limit=2', 'postId'],
  ['/users/{me}/stories?limit=1', 'storyId'],
  ['/users/{me}/highlights', 'highlightId'],
  ['/users/{me}/followers?limit=1', 'userId'],
  ['/media?limit=2', 'mediaId'],
  ['/notifications?limit=2', 'notificationId'],
  ['/invites?limit=1', 'code'],
  ['/auth/sessions', 'sessionId'],
  ['/account/devices', 'hash'],
  ['/account/actions', 'actionId'],
  ['/account/appeals', 'appealId'],
  ['/search/users?q=h&limit=1', 'userId'],
];

const ADMIN_LISTS: [path: string, name: string][] = [
  ['/moderation/cases?limit=20', 'caseId'],
  ['/moderation/appeals?limit=3', 'appealId'],
  ['/moderation/audit?limit=3', 'auditId'],
  ['/admin/signups?limit=3', 'signupId'],
];
