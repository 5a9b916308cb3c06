import { z } from 'zod';
import { Timestamp } from '../../core/fields.ts';
import { Relationship } from '../social/contract.ts';
import { UserCard } from './contract.ts';

const count = (of: string) =>
  z
    .int()
    .min(0)
    .nullable()
    .meta({
      description: `Number of ${of}; null when the account is private and the viewer no approved follower`,
      examples: [42],
    });

/** What others see of a person. Not in the contract, because that of the social domain builds on it. */
export const Profile = z
  .object({
    ...UserCard.shape,
    bio: z.string().meta({ description: 'What they say of themselves', examples: ['Light and shade.'] }),
    followerCount: count('followers'),
    followingCount: count('people followed'),
    postCount: count('posts'),
    createdAt: Timestamp.meta({ description: 'When they joined' }),
    relationship: Relationship.nullable().meta({ description: 'Null when nobody is signed in' }),
  })
  .meta({ id: 'Profile', description: 'A person as others see them' });
export type Profile = z.infer<typeof Profile>;
