import { z } from 'zod';

/** UUID of any version, lower case. */
export const Id = z
  .uuid()
  .toLowerCase()
  .meta({ description: 'UUID', examples: ['01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11'] });

/** ISO 8601 UTC with milliseconds in JSON, a Date in TypeScript. */
export const Timestamp = z
  .date()
  .meta({ description: 'ISO 8601, UTC, milliseconds', examples: ['2026-11-23T09:30:00.000Z'] });

/** One that we made: it is taken for what it is, because an answer has hundreds. */
export const Url = z.string().meta({ description: 'An absolute URL', format: 'uri' });

/** A time that a caller sends, within what PostgreSQL and ISO 8601 can both write. */
export const InputTime = z
  .date()
  .refine((time) => time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999, 'is too far away')
  .meta({ description: 'ISO 8601 with a time zone', examples: ['2026-12-24T18:00:00.000Z'] });

export const Limit = z
  .int()
  .min(1)
  .max(200)
  .default(30)
  .meta({ description: 'Items on a page', examples: [30] });

export const Cursor = z
  .string()
  .min(1)
  .max(600)
  .meta({ description: '`nextCursor` of the page before; left out for the first page' });

/** Fields that every list takes. */
export const pageInput = { limit: Limit, cursor: Cursor.optional() };

export const Page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).meta({ description: 'What is on this page', maxItems: 200 }),
    nextCursor: z.string().nullable().meta({ description: 'For the next page; null at the end' }),
  });

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a person counts as characters, up to so many and one more. */
export function graphemes(text: string, most = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) if (++count > most) break;
  return count;
}

/** As the Stream-Safe Text Format of UAX #15 has it: without it, normalizing takes the square of their number. */
const TOO_MANY_MARKS = /\p{M}{31}/u;

const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const HALF = 'has half of a character in it: a surrogate without the other';

interface TextOptions {
  min?: number;
  max: number;
  lines?: boolean;
}

/** Text that a person typed: NFC, trimmed, free of control characters, its length counted in graphemes. */
export const Text = ({ min = 0, max, lines = false }: TextOptions) =>
  z
    .string()
    .max(max * 16, `has more than ${max} characters`)
    .refine((text) => !TOO_MANY_MARKS.test(text), 'has more than 30 marks on one letter')
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .refine((text) => text.isWellFormed(), HALF)
    .refine((text) => !(lines ? CONTROL_BUT_LINES : CONTROL).test(text), 'has a control character in it')
    .refine((text) => text.length <= max || graphemes(text, max) <= max, `has more than ${max} characters`)
    .refine(
      (text) => min === 0 || graphemes(text, min) >= min,
      min === 1 ? 'is empty' : `has fewer than ${min} characters`,
    )
    .meta({ description: `Up to ${max} characters`, ...(min ? { minLength: min } : {}) });

export const Handle = z
  .string()
  .min(3)
  .max(30)
  .regex(/^[A-Za-z0-9_]+$/, 'may hold letters a to z, digits and _ only')
  .meta({
    description: '3 to 30 of A-Z, a-z, 0-9 and _, unique without regard to case',
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
  description: 'What the photograph shows, up to 1500 characters',
  examples: ['A red bench under snow'],
});
export const Reason = Text({ min: 1, max: 1000, lines: true });

export const Email = z
  .string()
  .max(254)
  .transform((email) => email.trim().normalize('NFC'))
  .pipe(z.email().max(254))
  .meta({
    description: 'Up to 254 characters, unique without regard to case',
    examples: ['alice@example.org'],
  });

/** Taken as it is: never trimmed, folded or cut. */
export const Password = z
  .string()
  .refine((password) => password.isWellFormed(), HALF)
  .refine((password) => [...password].length >= 8, 'has fewer than 8 characters')
  .refine((password) => [...password].length <= 128, 'has more than 128 characters')
  .meta({
    description: '8 to 128 characters',
    format: 'password',
    minLength: 8,
    maxLength: 128,
    examples: ['correct horse battery'],
  });
