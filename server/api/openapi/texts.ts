import { addressLimits, isUserLimit, type LimitName, userLimits } from '../../core/limits.ts';
import type { Access } from '../../core/procedures.ts';

export const information = {
  title: 'Ciel',
  summary: 'A photo-only social network',
  description: [
    'Posts and stories are photos, people follow each other, and new users join by invitation.',
    'Send the access token from `POST /auth/login` as `Authorization: Bearer …`. Times are ISO 8601 in UTC; ids are UUIDs.',
    'Lists take `limit` and `cursor` and return `{ items, nextCursor }`; `nextCursor` is null on the last page.',
    'Errors are `application/problem+json`. Programs should rely on their `code`, which is stable.',
  ].join('\n\n'),
  contact: { name: 'The operator of this server' },
  license: { name: 'MIT', identifier: 'MIT' },
};

const tags: Record<string, string> = {
  account: 'Account deletion and data export',
  auth: 'Sign-in, sessions and passwords',
  engagement: 'Likes and comments',
  feed: 'Posts and stories by the users you follow, and posts to explore',
  fingerprint: 'Devices and the accounts seen on them',
  highlights: 'Collections of stories that stay on a profile',
  invites: 'Invites and the users who joined with them',
  jobs: 'Background jobs that failed',
  media: 'Photos: uploads, processing and variants',
  moderation: 'Reports, cases, actions and appeals',
  notifications: 'Notifications about your account and content',
  posts: 'Posts of one or more photos',
  rateLimiter: 'Your rate limits',
  search: 'Search for users, posts and hashtags',
  social: 'Follow, block and mute',
  stories: 'Photos that disappear after a day',
  trust: 'Trust levels and points',
  users: 'Users and their profiles',
};

/** The used tags with their descriptions. */
export function tagsOf(used: string[]): { name: string; description: string }[] {
  return [...new Set(used)].sort().map((name) => {
    const description = tags[name];
    if (!description) throw new Error(`the tag ${name} has no description`);
    return { name, description };
  });
}

const PERIODS: Record<number, string> = { 60: 'per minute', 3600: 'per hour', 86400: 'per day' };

/** Names the limit of an operation and its budgets. */
export function limitText({ limit, access }: { limit: LimitName; access: Access }): string {
  if (!isUserLimit(limit)) {
    const { limit: most, periodSeconds } = addressLimits[limit];
    return `Rate limit \`${limit}\`: ${most} ${PERIODS[periodSeconds]} per client address.`;
  }
  const { perHour, perDay }: { perHour?: readonly number[]; perDay?: readonly number[] } = userLimits[limit];
  const budgets = [
    ...(perHour ? [`${perHour.join(', ')} per hour`] : []),
    ...(perDay ? [`${perDay.join(', ')} per day`] : []),
  ];
  const others =
    access === 'viewer' ? ' Without a token, the limit `anonymousRead` applies to the client address.' : '';
  return `Rate limit \`${limit}\`: ${budgets.join(' and ')} for New, Basic, Trusted and Verified users.${others}`;
}

const number = { type: 'integer', minimum: 0 };

export const headers = {
  'X-Request-Id': {
    description:
      'Identifies this request in the server logs. To choose it yourself, send 1 to 128 characters of A-Z, a-z, 0-9, ., _ and -',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9._-]+$' },
    example: '7d0f6c0a-5d0e-4f0e-9d6b-1f0e6c0a5d0e',
  },
  'RateLimit-Limit': {
    description: 'Requests allowed per period',
    schema: number,
    example: 120,
  },
  'RateLimit-Remaining': {
    description: 'Requests that you can make right now',
    schema: number,
    example: 119,
  },
  'RateLimit-Reset': {
    description: 'Seconds until the limit is full again',
    schema: number,
    example: 30,
  },
  'Retry-After': { description: 'Seconds to wait before you try again', schema: number, example: 30 },
  'WWW-Authenticate': {
    description: 'How to authenticate',
    schema: { type: 'string', const: 'Bearer' },
    example: 'Bearer',
  },
  Location: {
    description: 'Path of the created resource',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/posts/01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11',
  },
};

/** Without examples, because the docs page would send them. */
export const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes the request safe to repeat: for 24 hours, the same key with the same request returns the same response',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' },
  },
  AdminActor: {
    name: 'x-admin-actor',
    in: 'header',
    description: 'Name of the operator making the request, for the audit log',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  },
};

export const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'PASETO v4.public',
    description: 'The `accessToken` from a sign-in or refresh',
  },
  adminToken: {
    type: 'apiKey',
    in: 'header',
    name: 'x-admin-token',
    description: 'The admin token of this server, for operators',
  },
};
