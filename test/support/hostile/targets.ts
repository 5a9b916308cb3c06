import type { Dice } from './dice.ts';
import type { Operation } from './operations.ts';
import type { Input } from './requests.ts';
import { TEXTS } from './values.ts';

const PATHS: ((target: string) => string)[] = [
  (target) => target.replace('/v1/', '/v1//'),
  (target) => `${target}/`,
  (target) => target.replace(/\/([^/]*)$/, '%2f$1'),
  (target) => target.replace('/v1', '/V1'),
  (target) =>
    target.replace(/[a-z]/g, (letter, at: number) =>
      at % 5 ? letter : `%${letter.charCodeAt(0).toString(16)}`,
    ),
  (target) => target.replace('/v1/', '/v1/../v1/'),
  (target) => target.replace('/v1/', '/v1/%2e%2e/v1/'),
  (target) => `${target};a=b`,
  (target) => `${target}%00`,
  (target) => `${target}%ff`,
  (target) => `${target}%`,
  (target) => `${target}%c0%ae`,
  (target) => `${target}\\`,
  (target) => `/${target}`,
  (target) => `http://evil.example${target}`,
  (target) => target.slice(1),
  (target) => target.replace(/[^/?]+$/, 'a'.repeat(6000)),
  (target) => target.replace(/[^/?]+$/, 'constructor'),
  (target) => `${target}\xe9`,
  (target) => target.replace('/v1', '/v2'),
];

const ELSEWHERE = [
  ...'/ * ? /docs /app /app/x /app// /app/settings.json /docs/site.js /docs/search.json /docs/guides/x /openapi.json'.split(
    ' ',
  ),
  ...'/health /health/ready /metrics /files/ /files/pub/ /files/get/a.b /files/put/x /docs/%00 /app/%00 /trpc'.split(
    ' ',
  ),
  ...'/app/..%2f..%2fx /app/assets/..%2findex.html /docs/constructor /favicon.ico /.well-known/security.txt'.split(
    ' ',
  ),
];

const QUERIES: ((dice: Dice) => string)[] = [
  () => '__proto__=a',
  () => '__proto__[isAdmin]=true&constructor[prototype][isAdmin]=true',
  () => 'constructor=a&toString=b&hasOwnProperty=c&length=4',
  () => '%',
  () => '%zz=%zz',
  () => '%ff=%ff',
  () => 'limit=%ff',
  () => 'limit=10&limit=20',
  () => 'limit[]=10',
  () => 'cursor=',
  () => '&&&==&=',
  () => 'a+b=c+d',
  () => 'limit=%31%30',
  () => Array.from({ length: 500 }, (_, n) => `k${n}=`).join('&'),
  () => `limit=${'1'.repeat(3000)}`,
  () => `%00=%00`,
  () => 'input=%7B%7D&batch=1',
  (dice) => `q=${encodeURIComponent(wellFormed(dice.pick(TEXTS))).slice(0, 6000)}`,
];

/** The first line's path and query. */
export function targetOf({ path }: Operation, input: Input, dice: Dice): string {
  const value = (name: string) => input.find(([field]) => field.in === 'path' && field.name === name)?.[1];
  let target = `/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(value(name)).slice(0, 5500))}`;
  if (dice.chance(0.06)) target = dice.pick(PATHS)(target);
  if (dice.chance(0.02)) target = dice.pick(ELSEWHERE);
  const pairs = input
    .filter(([field]) => field.in === 'query')
    .flatMap(([{ name }, given]) => [given].flat().map((one) => `${name}=${encoded(one)}`));
  if (dice.chance(0.06)) pairs.push(dice.pick(QUERIES)(dice));
  return (pairs.length ? `${target}?${pairs.join('&')}` : target).slice(0, 12_000);
}

const encoded = (value: unknown) =>
  encodeURIComponent(wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value)));

const wellFormed = (text: string) => text.toWellFormed();
