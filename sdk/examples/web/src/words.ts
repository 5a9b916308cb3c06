import { isCielError } from '@ciel/sdk';

/** An error message for the user. */
export function sayError(error: unknown): string {
  if (!isCielError(error)) return 'Something went wrong.';
  switch (error.code) {
    case 'network':
      return 'The server did not respond. Are you online?';
    case 'rate_limited':
      return `That was a lot at once. Try again ${inSeconds(error.retryAfterSeconds ?? 60)}.`;
    case 'invalid_credentials':
      return 'Wrong name or password.';
    case 'invalid_invite':
      return 'This invite is invalid or has been used.';
    case 'not_found':
      return 'This no longer exists.';
    case 'comments_closed':
      return 'You cannot comment here.';
    case 'already_reported':
      return 'You have reported this already. A moderator will review it.';
    default:
      return `${error.message.replace(/\.$/, '')}.`;
  }
}

/** Who can see a story. */
export const STORY_AUDIENCES: ['friends' | 'closeFriends' | 'public', string][] = [
  ['friends', 'Friends: you follow each other'],
  ['closeFriends', 'Close friends'],
  ['public', 'Everyone'],
];

function inSeconds(seconds: number): string {
  const [unit, count] = seconds < 90 ? ['second', seconds] : ['minute', seconds / 60];
  return new Intl.RelativeTimeFormat('en').format(Math.ceil(count), unit as 'second');
}

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const RELATIVE = new Intl.RelativeTimeFormat('en', { style: 'narrow' });
const DATE = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const LONG_AGO_MS = 28 * 86_400_000;

export const sayDate = (at: Date) => DATE.format(at);

export function sayAgo(at: Date): string {
  const ms = Date.now() - at.getTime();
  if (ms > LONG_AGO_MS) return sayDate(at);
  const [unit, seconds] = STEPS.find(([, seconds]) => ms / 1000 >= seconds) ?? [];
  return unit && seconds ? RELATIVE.format(-Math.floor(ms / 1000 / seconds), unit) : 'just now';
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' });

export const sayCount = (count: number) => COMPACT.format(count);

/** `1 like`, `2 likes`. */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${sayCount(count)} ${count === 1 ? one : many}`;
