import type { JsonSchema } from '../../../api/openapi/schemas.ts';

/** Whether a client sends or receives the value: what is safe for one breaks the other. */
export type Direction = 'sent' | 'received';
type Resolve = (schema: JsonSchema) => JsonSchema;

export interface SchemaPair {
  before: JsonSchema;
  after: JsonSchema;
}

interface Comparison {
  direction: Direction;
  resolveBefore: Resolve;
  resolveAfter: Resolve;
  /** Pairs that are being compared, to end recursive schemas. */
  seen: Set<string>;
}

/** What a correct client does wrong after the change, one sentence each. */
export function schemaBreaks(
  at: string,
  { before, after }: SchemaPair,
  direction: Direction,
  [resolveBefore, resolveAfter]: [Resolve, Resolve],
): string[] {
  return compare(at, { before, after }, { direction, resolveBefore, resolveAfter, seen: new Set() });
}

function compare(at: string, pair: SchemaPair, comparison: Comparison): string[] {
  const { direction, resolveBefore, resolveAfter, seen } = comparison;
  const key = `${pair.before.$ref} ${pair.after.$ref}`;
  if (pair.before.$ref && seen.has(key)) return [];
  const inside = pair.before.$ref ? { ...comparison, seen: new Set([...seen, key]) } : comparison;
  const before = options(resolveBefore(pair.before), resolveBefore);
  const after = options(resolveAfter(pair.after), resolveAfter);
  const gains = after.isNullable && !before.isNullable;
  const loses = before.isNullable && !after.isNullable;
  return [
    ...(direction === 'received' && gains ? [`${at} can now be null`] : []),
    ...(direction === 'sent' && loses ? [`${at} can no longer be null`] : []),
    ...before.kinds.flatMap((kind, index) => {
      const match = counterpartOf(kind, after.kinds, before.kinds.length === 1 ? 0 : index);
      if (!match) return [`${at} lost the variant ${nameOf(kind) ?? index + 1}`];
      return compareKinds(at, { before: kind, after: match }, inside);
    }),
  ];
}

/** The schema without null, split into the members of its union. */
function options(schema: JsonSchema, resolve: Resolve): { kinds: JsonSchema[]; isNullable: boolean } {
  const union = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (union) {
    const all = union.map((option) => options(resolve(option), resolve));
    return { kinds: all.flatMap(({ kinds }) => kinds), isNullable: all.some(({ isNullable }) => isNullable) };
  }
  const types = [schema.type].flat();
  const others = types.filter((type) => type !== 'null');
  const type = others.length === 1 ? others[0] : others;
  return { kinds: others.length ? [{ ...schema, type }] : [], isNullable: types.includes('null') };
}

/** Matches members of a union by a field with a single value, or else by position. */
function counterpartOf(kind: JsonSchema, others: JsonSchema[], index: number): JsonSchema | undefined {
  const name = nameOf(kind);
  return name === undefined ? others[index] : others.find((other) => nameOf(other) === name);
}

const nameOf = ({ properties = {} }: JsonSchema) =>
  Object.values(properties as Record<string, JsonSchema>).find((field) => field.const !== undefined)?.const;

function compareKinds(at: string, { before, after }: SchemaPair, comparison: Comparison): string[] {
  if (JSON.stringify(before.type) !== JSON.stringify(after.type))
    return [`${at} changed its type from ${before.type} to ${after.type}`];
  return [
    ...(before.const !== after.const ? [`${at} changed its value to ${after.const}`] : []),
    ...valueBreaks(at, { before, after }, comparison.direction),
    ...(comparison.direction === 'sent' ? boundBreaks(at, { before, after }) : []),
    ...(before.items && after.items
      ? compare(
          `${at}[]`,
          { before: before.items as JsonSchema, after: after.items as JsonSchema },
          comparison,
        )
      : []),
    ...fieldBreaks(at, { before, after }, comparison),
  ];
}

/** A removed value breaks clients that send or expect it. Responses may gain values, as the document states. */
function valueBreaks(at: string, { before, after }: SchemaPair, direction: Direction): string[] {
  const [old, now] = [before.enum, after.enum] as (unknown[] | undefined)[];
  if (!now) return [];
  if (!old) return direction === 'sent' ? [`${at} now accepts only certain values`] : [];
  return old.filter((value) => !now.includes(value)).map((value) => `${at} lost the value ${value}`);
}

const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
const FORM = ['pattern', 'format'];

function boundBreaks(at: string, { before, after }: SchemaPair): string[] {
  const narrower = (bound: string, isNarrower: (old: number, now: number) => boolean, open: number) =>
    after[bound] !== undefined && isNarrower((before[bound] as number) ?? open, after[bound] as number);
  return [
    ...LOWER_BOUNDS.filter((bound) => narrower(bound, (old, now) => now > old, Number.NEGATIVE_INFINITY)),
    ...UPPER_BOUNDS.filter((bound) => narrower(bound, (old, now) => now < old, Number.POSITIVE_INFINITY)),
    ...FORM.filter((bound) => after[bound] !== undefined && after[bound] !== before[bound]),
  ].map((bound) => `${at} is stricter: ${bound} ${after[bound]}`);
}

function fieldBreaks(at: string, { before, after }: SchemaPair, comparison: Comparison): string[] {
  const old = (before.properties ?? {}) as Record<string, JsonSchema>;
  const now = (after.properties ?? {}) as Record<string, JsonSchema>;
  const wasRequired = (before.required ?? []) as string[];
  const isRequired = (after.required ?? []) as string[];
  const { direction } = comparison;
  const changed =
    direction === 'sent'
      ? isRequired
          .filter((name) => !wasRequired.includes(name))
          .map((name) => `${at}.${name} is now required`)
      : wasRequired
          .filter((name) => name in now && !isRequired.includes(name))
          .map((name) => `${at}.${name} can now be missing`);
  const kept = Object.keys(old).filter((name) => name in now);
  const values = [before.additionalProperties, after.additionalProperties];
  return [
    ...Object.keys(old)
      .filter((name) => !(name in now))
      .map((name) => `${at}.${name} is gone`),
    ...changed,
    ...kept.flatMap((name) =>
      compare(`${at}.${name}`, { before: old[name]!, after: now[name]! }, comparison),
    ),
    ...(values.every((value) => typeof value === 'object')
      ? compare(`${at}.*`, { before: values[0] as JsonSchema, after: values[1] as JsonSchema }, comparison)
      : []),
  ];
}
