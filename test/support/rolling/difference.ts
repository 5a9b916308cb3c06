/** Fields that each response makes for itself, prose, and the types of files, of which a release may take more. */
const NOT_COMPARED = new Set([
  'nextCursor',
  'remaining',
  'resetSeconds',
  'accessToken',
  'accessExpiresAt',
  'metadata',
  'notAccepted',
  'acceptedTypes',
]);

/**
 * Where the current version returns something else than the previous one; null when it returns all of that. It may return more:
 * a release may add fields. URLs are compared without their signatures, private ones by what they show, errors by status and code.
 */
export function differenceOf(previous: unknown, current: unknown, at = ''): string | null {
  if (Array.isArray(previous) && Array.isArray(current)) {
    if (at.endsWith('.variants')) return differenceOfVariants(previous, current, at);
    if (previous.length !== current.length)
      return `${at} has ${previous.length} entries, then ${current.length}`;
    return firstOf(previous.map((entry, n) => differenceOf(entry, current[n], `${at}[${n}]`)));
  }
  if (isObject(previous) && isObject(current)) {
    const isError = 'code' in previous && 'requestId' in previous;
    const fields = isError ? ['status', 'code'] : Object.keys(previous);
    return firstOf(
      fields
        .filter((field) => !NOT_COMPARED.has(field))
        .map((field) => differenceOf(previous[field], current[field], `${at}.${field}`)),
    );
  }
  if (withoutSignature(previous) === withoutSignature(current)) return null;
  return `${at} is ${JSON.stringify(previous)}, then ${JSON.stringify(current)}`;
}

const firstOf = (differences: (string | null)[]) => differences.find((one) => one !== null) ?? null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Releases may address what not everybody may see differently: by its object, or at the API by its reader. */
const FORMS = [
  /\/media\/[^/]+\/[^/]+\/(original|[^/]+)$/,
  /\/photographs\/priv\/[^/]+\/([^/]+)$/,
  /\/photographs\/(orig)\/[^/]+$/,
];

function withoutSignature(value: unknown): unknown {
  if (typeof value !== 'string' || !/^https?:/.test(value)) return value;
  const url = value.split('?')[0]!;
  const file = FORMS.map((form) => form.exec(url)?.[1]).find((found) => found !== undefined);
  return file === undefined ? url : `for one reader: ${file === 'orig' ? 'original' : file}`;
}

interface Variant {
  name?: string;
  type?: string;
}

/** A release may add sizes and types, and the policy lists them in another order. */
function differenceOfVariants(previous: Variant[], current: Variant[], at: string): string | null {
  for (const one of previous) {
    const same = current.find(({ name, type }) => name === one.name && type === one.type);
    const where = `${at}.${one.name}`;
    if (same === undefined) return `${where} is missing`;
    const { types: _, ...rest } = one as Variant & { types?: string[] };
    const difference = differenceOf(rest, same, where);
    if (difference !== null) return difference;
  }
  return null;
}
