import { z } from 'zod';
import { Timestamp } from '../../core/fields.ts';
import { Relationship } from '../social/contract.ts';
import { UserCard } from '../users/contract.ts';

const count = (of: string) =>
  z
    .int()
    .min(0)
    .nullable()
    .meta({
      description: `Number of ${of}; null when the account is private and you are not an approved follower`,
      examples: [42],
    });

/** What others see of a user. Not in the contract, because that of the social domain depends on it. */
export const Profile = z
  .object({
    ...UserCard.shape,
    bio: z.string().meta({ description: 'Short text about the user', examples: ['Light and shade.'] }),
    followerCount: count('followers'),
    followingCount: count('followed users'),
    postCount: count('posts'),
    createdAt: Timestamp.meta({ description: 'When the user joined' }),
    relationship: Relationship.nullable().meta({
      description: 'Your relationship with the user; null when not signed in',
    }),
  })
  .meta({ id: 'Profile', description: 'A user as others see them' });
export type Profile = z.infer<typeof Profile>;
