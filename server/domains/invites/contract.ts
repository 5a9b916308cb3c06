import { z } from 'zod';
import { Id, Page, pageInput, Reason, Text, Timestamp } from '../../core/fields.ts';
import { Account } from '../moderation/contract.ts';
import { UserCard } from '../users/contract.ts';

const CODE = 'K7QF2MZX9RTB';

/** As a person types it; what no code looks like is simply not valid. */
export const CodeRef = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'Case, spaces and hyphens do not matter', examples: [CODE] }),
});
export type CodeRef = z.infer<typeof CodeRef>;

export const InviteValidity = z
  .object({ isValid: z.boolean().meta({ description: 'It can be used now', examples: [true] }) })
  .meta({ id: 'InviteValidity', description: 'Whether an invite can be used' });

const daysValid = (max: number) =>
  z
    .int()
    .min(1)
    .max(max)
    .default(7)
    .meta({ description: `1 to ${max} days`, examples: [7] });

export const NewInvite = z.strictObject({ daysValid: daysValid(30) });
export type NewInvite = z.infer<typeof NewInvite>;

export const NewAdminInvite = z.strictObject({
  daysValid: daysValid(365),
  maxUses: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .meta({ description: 'How many people it lets in', examples: [25] }),
  note: Text({ max: 500, lines: true })
    .optional()
    .meta({ description: 'What it is for', examples: ['Photo walk in Reykjavík'] }),
});
export type NewAdminInvite = z.infer<typeof NewAdminInvite>;

export const InviteStatus = z
  .enum(['open', 'redeemed', 'expired', 'revoked'])
  .meta({ description: '`redeemed` once all its uses are used', examples: ['open'] });
export type InviteStatus = z.infer<typeof InviteStatus>;

const invite = {
  code: z.string().meta({ description: '12 characters, none of which looks like another', examples: [CODE] }),
  status: InviteStatus,
  createdAt: Timestamp,
  expiresAt: Timestamp,
};

export const Invite = z
  .object({
    ...invite,
    redeemedBy: UserCard.nullable().meta({
      description: 'Who came by it; null when nobody did, or nobody you may see',
    }),
  })
  .meta({ id: 'Invite', description: 'An invite of the viewer' });
export type Invite = z.infer<typeof Invite>;

export const AdminInvite = z
  .object({
    ...invite,
    maxUses: z.int().meta({ description: 'For how many people it is', examples: [25] }),
    uses: z.int().meta({ description: 'How many have used it', examples: [0] }),
    note: z
      .string()
      .nullable()
      .meta({ description: 'For operators', examples: ['Photo walk in Reykjavík'] }),
  })
  .meta({ id: 'AdminInvite', description: 'An invite of an operator, for many people' });
export type AdminInvite = z.infer<typeof AdminInvite>;

export const InviteStats = z
  .object({
    sent: z.int().meta({
      description: 'Invites that count: redeemed ones and open ones. Revoked and expired ones are given back',
      examples: [2],
    }),
    redeemed: z.int().meta({ description: 'How many were used', examples: [1] }),
    remaining: z
      .int()
      .meta({ description: 'How many more can be made now; 0 for who may not invite', examples: [1] }),
    max: z.int().meta({ description: 'By trust level: 3, 10, 50, 200', examples: [3] }),
  })
  .meta({ id: 'InviteStats', description: 'How many invites are used and left' });
export type InviteStats = z.infer<typeof InviteStats>;

export const InvitePage = Page(Invite);
export const InviteListInput = z.strictObject(pageInput);
export type InviteListInput = z.infer<typeof InviteListInput>;

export const InviteTreeInput = z.strictObject({ userId: Id, ...pageInput });
export type InviteTreeInput = z.infer<typeof InviteTreeInput>;

/** How many people of a subtree are counted, at the most. */
export const MOST_COUNTED = 1000;

const node = {
  account: Account,
  frozenAt: Timestamp.nullable().meta({
    description: 'When this person was kept from inviting, and with them everybody below',
  }),
  invitedCount: z.int().meta({ description: 'How many came by their invites', examples: [2] }),
};

export const InviteTree = z
  .object({
    ...node,
    frozenBy: Id.nullable().meta({
      description:
        'The nearest above, or the person, whose freeze keeps them from inviting; null when they may invite',
    }),
    inviter: Account.nullable().meta({ description: 'Null for who came by an operator’s invite, or none' }),
    belowCount: z.int().meta({
      description: `How many came by their invites, by those of these, and so on; counted up to ${MOST_COUNTED}`,
      examples: [7],
    }),
    invited: Page(z.object({ ...node, redeemedAt: Timestamp })).meta({
      description: 'Who came by their invites, the latest first; each has a tree of their own',
    }),
  })
  .meta({ id: 'InviteTree', description: 'Who invited whom, around one person' });
export type InviteTree = z.infer<typeof InviteTree>;

export const TreeFreeze = z.strictObject({
  userId: Id,
  reason: Reason.optional().meta({ description: 'For the log', examples: ['Sells invites'] }),
});
export type TreeFreeze = z.infer<typeof TreeFreeze>;
