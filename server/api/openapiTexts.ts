import { addressLimits, isUserLimit, type LimitName, userLimits } from '../core/limits.ts';
import type { Access } from '../core/procedures.ts';

export const information = {
  title: 'Ciel',
  summary: 'A photo-only social network',
  description: [
    'Posts and stories are photographs, people follow each other, and everyone is invited by somebody.',
    'Send the access token of `POST /auth/login` as `Authorization: Bearer …`. Times are ISO 8601 in UTC; ids are UUIDs.',
    'Lists take `limit` and `cursor` and answer `{ items, nextCursor }`; `nextCursor` is null at the end.',
    'Errors are `application/problem+json`; programs go by their `code`, which is stable.',
  ].join('\n\n'),
  contact: { name: 'Whoever runs this server' },
  license: { name: 'MIT', identifier: 'MIT' },
};

const tags: Record<string, string> = {
  account: 'Limits, trust, devices and the end of an account',
  auth: 'Sign in, stay signed in, sign out',
  engagement: 'Likes and comments',
  feed: 'What those whom one follows have posted',
  fingerprint: 'Devices that accounts were seen on',
  highlights: 'Stories that outlive their day',
  invites: 'Everyone is invited by somebody',
  jobs: 'What is still to be done behind the scenes',
  media: 'Photographs: upload, state, derivatives',
  moderation: 'Reports, cases and what came of them',
  notifications: 'What happened to oneself and to what one has posted',
  posts: 'Photographs that were posted',
  rateLimiter: 'How much one may do',
  search: 'Find people, posts and hashtags',
  social: 'Follow, block, mute',
  stories: 'Photographs that last a day',
  trust: 'What is known of the standing of an account',
  users: 'People and their profiles',
};

/** Those of the tags that are used, each with what it is about. */
export function tagsOf(used: string[]): { name: string; description: string }[] {
  return [...new Set(used)].sort().map((name) => {
    const description = tags[name];
    if (!description) throw new Error(`the tag ${name} has no description`);
    return { name, description };
  });
}

const PERIODS: Record<number, string> = { 60: 'a minute', 3600: 'an hour', 86400: 'a day' };

/** From which bucket an operation spends, and how much there is in it. */
export function limitText({ limit, access }: { limit: LimitName; access: Access }): string {
  if (!isUserLimit(limit)) {
    const { limit: most, periodSeconds } = addressLimits[limit];
    return `Limit \`${limit}\`: ${most} ${PERIODS[periodSeconds]} for an address.`;
  }
  const { perHour, perDay }: { perHour?: readonly number[]; perDay?: readonly number[] } = userLimits[limit];
  const budgets = [
    ...(perHour ? [`${perHour.join(', ')} an hour`] : []),
    ...(perDay ? [`${perDay.join(', ')} a day`] : []),
  ];
  const others = access === 'viewer' ? ' Without a token `anonymousRead` of the address counts.' : '';
  return `Limit \`${limit}\`: ${budgets.join(' and ')} for a New, Basic, Trusted and Verified user.${others}`;
}

const number = { type: 'integer', minimum: 0 };

export const headers = {
  'X-Request-Id': {
    description:
      'Names this request in our logs; yours, when you sent one of 1 to 128 of A-Z, a-z, 0-9, ., _ and -',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9._-]+$' },
    example: '7d0f6c0a-5d0e-4f0e-9d6b-1f0e6c0a5d0e',
  },
  'RateLimit-Limit': { description: 'Requests in the period of the limit', schema: number, example: 120 },
  'RateLimit-Remaining': { description: 'Requests that can be made at once', schema: number, example: 119 },
  'RateLimit-Reset': { description: 'Seconds until the limit is whole again', schema: number, example: 30 },
  'Retry-After': { description: 'Seconds after which to try again', schema: number, example: 30 },
  'WWW-Authenticate': {
    description: 'How to authenticate',
    schema: { type: 'string', const: 'Bearer' },
    example: 'Bearer',
  },
  Location: {
    description: 'Path of what was created',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/posts/01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11',
  },
};

/** Without examples: the docs page would send them. */
export const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes it safe to send the request again: for 24 hours the same key with the same request gives the same answer',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' },
  },
  AdminActor: {
    name: 'x-admin-actor',
    in: 'header',
    description: 'Who acts, for the audit log',
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  },
};

export const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'PASETO v4.public',
    description: 'The `accessToken` of a login or a refresh',
  },
  adminToken: { type: 'apiKey', in: 'header', name: 'x-admin-token', description: 'For operators' },
};
