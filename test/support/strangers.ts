import { ADMIN_TOKEN, PASSWORD } from './visit.ts';

export interface Asked {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  payload?: object;
}

export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

export type Ask = (asked: Asked) => Promise<Answered>;

/** What a stranger may ask, by the state of what they must not learn of. */
export type Questions = Record<
  'signing in' | 'signing up' | 'an invite' | 'an operator',
  Record<string, Asked>
>;

const post = (url: string, payload: object, headers?: Record<string, string>): Asked => ({
  method: 'POST',
  url,
  payload,
  ...(headers ? { headers } : {}),
});

/** Creates users and invites in every state over REST, and returns the questions about them. */
export async function prepareQuestions(ask: Ask): Promise<Questions> {
  const json = async (asked: Asked) => {
    const { status, body } = await ask(asked);
    if (status >= 300) throw new Error(`${asked.url} answered ${status}: ${body}`);
    return (body === '' ? {} : JSON.parse(body)) as Record<string, string> & { user: { id: string } };
  };
  const admin = { 'x-admin-token': ADMIN_TOKEN };
  const invite = async (maxUses: number) =>
    (await json(post('/v1/admin/invites', { daysValid: 1, maxUses }, admin))).code!;
  const person = async (handle: string, inviteCode: string) => {
    const email = `${handle}@example.org`;
    const made = await json(
      post('/v1/users', { handle, email, displayName: handle, password: PASSWORD, inviteCode }),
    );
    return { id: made.user.id, headers: { authorization: `Bearer ${made.accessToken}` } };
  };

  const shared = await invite(10);
  await person('known_one', shared);
  const banned = await person('barred_one', shared);
  const ofBanned = await json(post('/v1/invites', { daysValid: 1 }, banned.headers));
  const verdict = { rule: 'No spam', reason: 'Sells watches', durationHours: null };
  await json(post(`/v1/moderation/users/${banned.id}/ban`, verdict, admin));
  const deleted = await person('gone_one', shared);
  await json({
    method: 'DELETE',
    url: '/v1/account',
    payload: { password: PASSWORD },
    headers: deleted.headers,
  });
  const host = await person('host_one', shared);
  const revoked = await json(post('/v1/invites', { daysValid: 1 }, host.headers));
  await json(post(`/v1/invites/${revoked.code}/revoke`, {}, host.headers));
  const frozen = await person('cold_one', shared);
  const ofFrozen = await json(post('/v1/invites', { daysValid: 1 }, frozen.headers));
  await json(post(`/v1/admin/invites/tree/${frozen.id}/freeze`, { reason: 'Sells invites' }, admin));
  const used = await invite(1);
  await person('guest_one', used);

  const signIn = (identifier: string) =>
    post('/v1/auth/login', { identifier, password: 'a bench under rain' });
  const UNKNOWN = 'K7QF2MZX9RTB';
  const signUp = (handle: string, email: string, inviteCode = UNKNOWN) =>
    post('/v1/users', { handle, email, displayName: 'New', password: PASSWORD, inviteCode });
  const validate = (code: string): Asked => ({ method: 'GET', url: `/v1/invites/validate/${code}` });
  const audit = (headers: Record<string, string>): Asked => ({
    method: 'GET',
    url: '/v1/moderation/audit',
    headers,
  });
  return {
    'signing in': {
      nobody: signIn('nobody_here'),
      'nobody by e-mail': signIn('nobody_here@example.org'),
      'somebody with a wrong password': signIn('known_one'),
      'somebody by e-mail': signIn('known_one@example.org'),
      'somebody banned': signIn('barred_one'),
      'somebody deleted': signIn('gone_one'),
    },
    'signing up': {
      'as somebody new': signUp('newcomer', 'newcomer@example.org'),
      'with a handle that is taken': signUp('known_one', 'newcomer@example.org'),
      'with an e-mail address that is taken': signUp('newcomer', 'known_one@example.org'),
      'with the handle of somebody deleted': signUp('gone_one', 'newcomer@example.org'),
      'by an invite that is used up': signUp('newcomer', 'newcomer@example.org', used),
    },
    'an invite': {
      'that never was': validate(UNKNOWN),
      'that is used up': validate(used),
      'that is revoked': validate(revoked.code!),
      'of somebody banned': validate(ofBanned.code!),
      'of somebody frozen': validate(ofFrozen.code!),
    },
    'an operator': {
      'without a token': audit({}),
      'with a token that is wrong from the beginning': audit({ 'x-admin-token': `x${ADMIN_TOKEN.slice(1)}` }),
      'with a token that is wrong at the end': audit({ 'x-admin-token': `${ADMIN_TOKEN.slice(0, -1)}x` }),
      'with a token that is cut': audit({ 'x-admin-token': ADMIN_TOKEN.slice(0, -1) }),
    },
  };
}

/** All that a client can compare, without what differs from call to call. */
export function comparable({ status, headers, body }: Answered): string {
  const { 'x-request-id': id, date: _, 'ratelimit-remaining': __, 'ratelimit-reset': ___, ...kept } = headers;
  return `${status} ${JSON.stringify(kept)} ${body}`.replaceAll(String(id), 'REQUEST');
}
