import { z } from 'zod';
import { graphemes, Page, pageInput, Text } from '../../core/fields.ts';
import { UserCard } from '../users/contract.ts';

const MAX = 100;

/** What somebody looks for, without the sign in front that says what it is. */
const Query = (min: number, sign: '@' | '#') =>
  Text({ max: MAX })
    .transform((text) => (text.startsWith(sign) ? text.slice(1).trim() : text))
    .refine(
      (text) => graphemes(text, min) >= min,
      min === 1 ? 'is empty' : `has fewer than ${min} characters`,
    );

export const UserSearch = z.strictObject({
  q: Query(2, '@').meta({
    description:
      'The beginning of a handle or of a word of a name, or something like it; 2 to 100 characters',
    examples: ['alice'],
  }),
  ...pageInput,
});
export type UserSearch = z.infer<typeof UserSearch>;
export const UserResults = Page(UserCard);

export const PostSearch = z.strictObject({
  q: Query(2, '#').meta({
    description: 'Words that are all in the caption, in any order; 2 to 100 characters',
    examples: ['first snow'],
  }),
  ...pageInput,
});
export type PostSearch = z.infer<typeof PostSearch>;

export const HashtagSearch = z.strictObject({
  q: Query(1, '#').meta({
    description: 'The beginning of a hashtag, with or without the #; 1 to 100 characters',
    examples: ['win'],
  }),
  ...pageInput,
});
export type HashtagSearch = z.infer<typeof HashtagSearch>;

export const RECENT_POSTS = 50;

export const HashtagView = z
  .object({
    tag: z.string().meta({ description: 'In lower case, without the #', examples: ['winter'] }),
    recentPostCount: z.int().meta({
      description: `Posts that the viewer may see, among the latest ${RECENT_POSTS} with this hashtag`,
      examples: [12],
    }),
  })
  .meta({ id: 'Hashtag', description: 'A hashtag and how much it is used' });
export type HashtagView = z.infer<typeof HashtagView>;
export const HashtagResults = Page(HashtagView);
