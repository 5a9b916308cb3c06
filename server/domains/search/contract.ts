import { z } from 'zod';
import { graphemes, Page, pageInput, Text } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

const MAX = 100;

/** The search text, without a leading @ or #. */
const Query = (min: number, sign: '@' | '#') =>
  Text({ max: MAX })
    .transform((text) => (text.startsWith(sign) ? text.slice(1).trim() : text))
    .refine(
      (text) => graphemes(text, min) >= min,
      min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    );

export const UserSearch = z.strictObject({
  q: Query(2, '@').meta({
    description: 'The start of a handle or of a word in a name, or a similar spelling; 2 to 100 characters',
    examples: ['alice'],
  }),
  ...pageInput,
});
export type UserSearch = z.infer<typeof UserSearch>;
export const UserResults = Page(UserCard);

export const PostSearch = z.strictObject({
  q: Query(2, '#').meta({
    description: 'Words that the caption must contain, in any order; 2 to 100 characters',
    examples: ['first snow'],
  }),
  ...pageInput,
});
export type PostSearch = z.infer<typeof PostSearch>;

export const HashtagSearch = z.strictObject({
  q: Query(1, '#').meta({
    description: 'The start of a hashtag, with or without the #; 1 to 100 characters',
    examples: ['win'],
  }),
  ...pageInput,
});
export type HashtagSearch = z.infer<typeof HashtagSearch>;

export const RECENT_POSTS = 50;

export const HashtagView = z
  .object({
    tag: z.string().meta({ description: 'The hashtag in lower case, without the #', examples: ['winter'] }),
    recentPostCount: z.int().meta({
      description: `How many of the latest ${RECENT_POSTS} posts with this hashtag you can see`,
      examples: [12],
    }),
  })
  .meta({ id: 'Hashtag', description: 'A hashtag and how often it is used' });
export type HashtagView = z.infer<typeof HashtagView>;
export const HashtagResults = Page(HashtagView);
