import superjson from 'superjson';
import { CielError } from './errors.ts';

/** superjson's wire format, written faster and read more strictly. */
export const transformer = { serialize, deserialize };

type Kind = 'Date' | 'undefined';

interface Payload {
  json: unknown;
  meta?: { values: Record<string, [Kind]> | [Kind]; v: number };
}

const NOT_PLAIN = Symbol('not plain');
const MAX_DEPTH = 64;

/** As superjson does, except that an object which occurs twice is written twice and read as two equal objects. */
function serialize(value: unknown): unknown {
  const kinds: Record<string, [Kind]> = {};
  const json = plain(value, [], kinds);
  if (json === NOT_PLAIN) return superjson.serialize(value);
  const payload: Payload = { json };
  const root = kindOf(value);
  if (root) payload.meta = { values: [root], v: 1 };
  else if (!isEmpty(kinds)) payload.meta = { values: kinds, v: 1 };
  return payload;
}

/**
 * The value as JSON, with the paths of dates and undefined collected in `kinds`. NOT_PLAIN for superjson's other
 * types and for cycles.
 */
function plain(value: unknown, path: (string | number)[], kinds: Record<string, [Kind]>): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : NOT_PLAIN;
  const kind = kindOf(value);
  if (kind) {
    if (path.length) kinds[path.map(escapeKey).join('.')] = [kind];
    return kind === 'Date' ? (value as Date).toISOString() : null;
  }
  if (typeof value !== 'object' || path.length > MAX_DEPTH) return NOT_PLAIN;
  return Array.isArray(value) ? plainArray(value, path, kinds) : plainObject(value, path, kinds);
}

function plainArray(items: unknown[], path: (string | number)[], kinds: Record<string, [Kind]>) {
  const copy: unknown[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const isHole = items[index] === undefined && !(index in items);
    path.push(index);
    const item = isHole ? NOT_PLAIN : plain(items[index], path, kinds);
    path.pop();
    if (item === NOT_PLAIN) return NOT_PLAIN;
    copy.push(item);
  }
  return copy;
}

function plainObject(value: object, path: (string | number)[], kinds: Record<string, [Kind]>) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return NOT_PLAIN;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (isDangerous(key)) return NOT_PLAIN;
    path.push(key);
    const item = plain((value as Record<string, unknown>)[key], path, kinds);
    path.pop();
    if (item === NOT_PLAIN) return NOT_PLAIN;
    copy[key] = item;
  }
  return copy;
}

function kindOf(value: unknown): Kind | null {
  if (value === undefined) return 'undefined';
  return value instanceof Date && !Number.isNaN(value.valueOf()) ? 'Date' : null;
}

const escapeKey = (key: string | number) =>
  typeof key === 'number' ? key : key.replaceAll('\\', '\\\\').replaceAll('.', '\\.');

const isDangerous = (key: string) => key === '__proto__' || key === 'constructor' || key === 'prototype';

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

/**
 * Accepts only dates and undefined, and only at paths that exist in the JSON. superjson itself would also create
 * regular expressions and errors, and an array as long as its highest index. Its information about shared references
 * is ignored.
 */
function deserialize(payload: unknown): unknown {
  if (!isRecord(payload)) throw refused();
  const values = isRecord(payload.meta) ? payload.meta.values : undefined;
  if (values === undefined) return payload.json;
  if (Array.isArray(values)) return revived(payload.json, values);
  if (!isRecord(values)) throw refused();
  for (const path of Object.keys(values)) reviveAt(payload.json, keysOf(path), values[path]);
  return payload.json;
}

function reviveAt(root: unknown, keys: string[], annotation: unknown): void {
  const last = keys.pop()!;
  const parent = keys.reduce(ownProperty, root);
  const value = ownProperty(parent, last);
  (parent as Record<string, unknown>)[last] = revived(value, annotation);
}

function ownProperty(parent: unknown, key: string): unknown {
  const isHere = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key);
  if (!isHere || (Array.isArray(parent) && key === 'length')) throw refused();
  return (parent as Record<string, unknown>)[key];
}

function revived(value: unknown, annotation: unknown): unknown {
  if (!Array.isArray(annotation) || annotation.length !== 1) throw refused();
  if (annotation[0] === 'undefined' && value === null) return undefined;
  if (annotation[0] === 'Date' && typeof value === 'string') return new Date(value);
  throw refused();
}

/** The keys of a path. Dots separate them; a backslash escapes a dot or backslash inside a key. */
function keysOf(path: string): string[] {
  const keys: string[] = [];
  let key = '';
  for (let at = 0; at < path.length; at += 1) {
    const isEscaped = path.charAt(at) === '\\';
    if (isEscaped) at += 1;
    const char = path.charAt(at);
    if (isEscaped && char !== '\\' && char !== '.') throw refused();
    if (char === '.' && !isEscaped) {
      keys.push(key);
      key = '';
    } else key += char;
  }
  return [...keys, key];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refused = () =>
  new CielError('invalid_input', { detail: 'The input contains values of a type that no procedure accepts' });
