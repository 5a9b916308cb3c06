import { z } from 'zod';

/** A UUID of any version, in lower case. */
export const Id = z
  .uuid()
  .toLowerCase()
  .meta({ description: 'UUID', examples: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'] });

/** A Date in TypeScript; ISO 8601 in UTC with milliseconds in JSON. */
export const Timestamp = z
  .date()
  .meta({ description: 'ISO 8601, UTC, with milliseconds', examples: ['2026-11-23T09:30:00.000Z'] });

/** A URL that the server made. It is not validated, because one response holds hundreds. */
export const Url = z.string().meta({ description: 'An absolute URL', format: 'uri' });

/** When a URL that the server made ends. */
export const UrlEnd = Timestamp.nullable().meta({
  description:
    'When the URL ends; read again for a fresh one. Null for a URL without an end, and without a URL',
  examples: ['2026-11-24T09:30:00.000Z'],
});

/** A time that a caller sends, within the years that both PostgreSQL and ISO 8601 can write. */
export const InputTime = z
  .date()
  .refine(
    (time) => time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999,
    'must be between the years 1 and 9999',
  )
  .meta({ description: 'ISO 8601 with a time zone', examples: ['2026-12-24T18:00:00.000Z'] });

export const Limit = z
  .int()
  .min(1)
  .max(200)
  .default(30)
  .meta({ description: 'Maximum number of items on a page', examples: [30] });

export const Cursor = z
  .string()
  .min(1)
  .max(600)
  .meta({ description: 'The `nextCursor` of the previous page; omit it for the first page' });

/** Fields that every list takes. */
export const pageInput = { limit: Limit, cursor: Cursor.optional() };

export const Page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).meta({ description: 'The items on this page', maxItems: 200 }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Cursor for the next page; null on the last page' }),
  });

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The number of characters as people count them. Stops counting at `most + 1`. */
export function graphemes(text: string, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) if (++count > most) break;
  return count;
}

/** The limit of UAX #15's Stream-Safe Text Format. Without it, normalization takes quadratic time in the number of marks. */
const TOO_MANY_MARKS = /\p{M}{31}/u;

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const HALF = 'must not contain half a surrogate pair';

interface TextOptions {
  min?: number;
  max: number;
  lines?: boolean;
}

/** Text that a person typed: NFC, trimmed, without control characters, its length counted in graphemes. */
export const Text = ({ min = 0, max, lines = false }: TextOptions) =>
  z
    .string()
    .max(max * 16, `must be at most ${max} characters`)
    .refine((text) => !TOO_MANY_MARKS.test(text), 'must not have more than 30 combining marks on one letter')
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .refine((text) => text.isWellFormed(), HALF)
    .refine(
      (text) => !(lines ? CONTROL_BUT_LINES : CONTROL).test(text),
      'must not contain control characters',
    )
    .refine((text) => text.length <= max || graphemes(text, max) <= max, `must be at most ${max} characters`)
    .refine(
      (text) => min === 0 || graphemes(text, min) >= min,
      min === 1 ? 'must not be empty' : `must be at least ${min} characters`,
    )
    .meta({ description: `Up to ${max} characters`, ...(min ? { minLength: min } : {}) });

export const Handle = z
  .string()
  .min(3)
  .max(30)
  .regex(/^[A-Za-z0-9_]+$/, 'may only contain letters a to z, digits and _')
  .meta({
    description: '3 to 30 characters of A-Z, a-z, 0-9 and _; unique regardless of case',
    examples: ['alice'],
  });

export const DisplayName = Text({ min: 1, max: 50 }).meta({
  description: '1 to 50 characters',
  examples: ['Alice Arnold'],
});
export const Bio = Text({ max: 500, lines: true }).meta({
  description: 'Up to 500 characters',
  examples: ['Light and shade.'],
});
export const Caption = Text({ max: 2200, lines: true }).meta({
  description: 'Up to 2200 characters',
  examples: ['First snow #winter'],
});
export const CommentBody = Text({ min: 1, max: 1000, lines: true }).meta({
  description: '1 to 1000 characters',
  examples: ['What a light!'],
});
export const AltText = Text({ max: 1500, lines: true }).meta({
  description: "A description of the photo for people who can't see it, up to 1500 characters",
  examples: ['A red bench under snow'],
});
export const Reason = Text({ min: 1, max: 1000, lines: true });

export const Email = z
  .string()
  .max(254)
  .transform((email) => email.trim().normalize('NFC'))
  .pipe(z.email().max(254))
  .meta({
    description: 'Up to 254 characters; unique regardless of case',
    examples: ['alice@example.org'],
  });

/** Used exactly as sent: never trimmed, folded or cut. */
export const Password = z
  .string()
  .refine((password) => password.isWellFormed(), HALF)
  .refine((password) => [...password].length >= 8, 'must be at least 8 characters')
  .refine((password) => [...password].length <= 128, 'must be at most 128 characters')
  .meta({
    description: '8 to 128 characters',
    format: 'password',
    minLength: 8,
    maxLength: 128,
    examples: ['correct horse battery'],
  });
