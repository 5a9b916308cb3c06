/** The wire format: superjson's, which is JSON plus the paths of dates and undefined values in it. */

interface Payload {
  json?: unknown;
  meta?: { values?: Record<string, unknown> | unknown[] };
}

type Keyed = Record<string, unknown>;

/** The value with dates as strings, and the paths of those dates. */
export function encode(value: unknown): Payload {
  const values: Record<string, [string]> = {};
  const json = plain(value, '', values);
  return Object.keys(values).length ? { json, meta: { values } } : { json };
}

function plain(value: unknown, path: string, values: Record<string, [string]>): unknown {
  if (value instanceof Date) {
    values[path] = ['Date'];
    return value.toISOString();
  }
  if (typeof value !== 'object' || value === null) return value;
  const below = (item: unknown, key: string | number) =>
    plain(item, (path && `${path}.`) + String(key).replace(/[\\.]/g, '\\$&'), values);
  if (Array.isArray(value)) return value.map(below);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, below(item, key)]));
}

/** Restores the encoded value. */
export function decode({ json, meta }: Payload): unknown {
  const values = meta?.values;
  if (!values) return json;
  if (Array.isArray(values)) return revived(json, values[0]);
  for (const [path, [kind]] of Object.entries(values) as [string, unknown[]][]) {
    const keys = (path.match(/(?:\\.|[^\\.])+/g) ?? []).map((key) => key.replace(/\\(.)/g, '$1'));
    const last = keys.pop()!;
    const parent = keys.reduce<Keyed | undefined>((at, key) => at?.[key] as Keyed, json as Keyed);
    if (parent && Object.hasOwn(parent, last)) parent[last] = revived(parent[last], kind);
  }
  return json;
}

function revived(value: unknown, kind: unknown): unknown {
  if (kind === 'Date') return new Date(value as string);
  return kind === 'undefined' ? undefined : value;
}
