import { z } from 'zod';
import { Bio, DisplayName, Email, Handle, Password } from '../../core/fields.ts';
import { Fingerprint } from '../fingerprint/contract.ts';

export const Registration = z.strictObject({
  handle: Handle,
  email: Email,
  displayName: DisplayName,
  password: Password,
  inviteCode: z
    .string()
    .max(64)
    .optional()
    .meta({
      description: 'Required unless sign-up is open; case, spaces and hyphens are ignored',
      examples: ['K7QF2MZX9RTB'],
    }),
  bio: Bio.optional(),
  fingerprint: Fingerprint.optional(),
});
export type Registration = z.infer<typeof Registration>;
