import { z } from 'zod';
import { Id, Page, pageInput, Reason, Text, Timestamp } from '../../core/fields.ts';
import { Account, UserCard } from '../users/contract.ts';

const CODE = 'K7QF2MZX9RTB';

/** The code as somebody typed it. Text that can't be a code is treated as an invalid invite. */
export const CodeRef = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'Case, spaces and hyphens are ignored', examples: [CODE] }),
});
export type CodeRef = z.infer<typeof CodeRef>;

export const InviteValidity = z
  .object({ isValid: z.boolean().meta({ description: 'Whether it can be used now', examples: [true] }) })
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
    .meta({ description: 'Number of users who can join with it', examples: [25] }),
  note: Text({ max: 500, lines: true })
    .optional()
    .meta({ description: 'The purpose of the invite', examples: ['Photo walk in Reykjavík'] }),
});
export type NewAdminInvite = z.infer<typeof NewAdminInvite>;

export const InviteStatus = z
  .enum(['open', 'redeemed', 'expired', 'revoked'])
  .meta({ description: '`redeemed` once it has no uses left', examples: ['open'] });
export type InviteStatus = z.infer<typeof InviteStatus>;

const invite = {
  code: z
    .string()
    .meta({ description: '12 characters from an alphabet without look-alikes', examples: [CODE] }),
  status: InviteStatus,
  createdAt: Timestamp,
  expiresAt: Timestamp,
};

export const Invite = z
  .object({
    ...invite,
    redeemedBy: UserCard.nullable().meta({
      description: "Who joined with it; null if nobody has, or if you can't see them",
    }),
  })
  .meta({ id: 'Invite', description: 'One of your invites' });
export type Invite = z.infer<typeof Invite>;

export const AdminInvite = z
  .object({
    ...invite,
    maxUses: z.int().meta({ description: 'Number of users who can join with it', examples: [25] }),
    uses: z.int().meta({ description: 'Number of users who have joined with it', examples: [0] }),
    note: z
      .string()
      .nullable()
      .meta({
        description: 'The purpose of the invite, for operators',
        examples: ['Photo walk in Reykjavík'],
      }),
  })
  .meta({ id: 'AdminInvite', description: 'An invite made by an operator, for one or more users' });
export type AdminInvite = z.infer<typeof AdminInvite>;

export const InviteStats = z
  .object({
    sent: z.int().meta({
      description:
        'Invites that count against the quota: redeemed and open ones. Revoked and expired invites no longer count',
      examples: [2],
    }),
    redeemed: z.int().meta({ description: 'Number of redeemed invites', examples: [1] }),
    remaining: z.int().meta({
      description: 'Number of invites you can still create; 0 if you are not allowed to invite others',
      examples: [1],
    }),
    max: z.int().meta({ description: 'The quota by trust level: 3, 10, 50 or 200', examples: [3] }),
  })
  .meta({ id: 'InviteStats', description: 'The number of invites you have used and have left' });
export type InviteStats = z.infer<typeof InviteStats>;

export const InvitePage = Page(Invite);
export const InviteListInput = z.strictObject(pageInput);
export type InviteListInput = z.infer<typeof InviteListInput>;

export const InviteTreeInput = z.strictObject({ userId: Id, ...pageInput });
export type InviteTreeInput = z.infer<typeof InviteTreeInput>;

/** Users in a subtree are counted up to this number. */
export const MOST_COUNTED = 1000;

const node = {
  account: Account,
  frozenAt: Timestamp.nullable().meta({
    description: 'When this user, and everyone below them, was barred from inviting; null if not',
  }),
  invitedCount: z.int().meta({ description: 'Number of users who joined with their invites', examples: [2] }),
};

export const InviteTree = z
  .object({
    ...node,
    frozenBy: Id.nullable().meta({
      description:
        'The user whose freeze applies: this user, or the nearest one above. Null if the user can invite others',
    }),
    inviter: Account.nullable().meta({
      description: "Who invited the user; null for an operator's invite, or none",
    }),
    belowCount: z.int().meta({
      description: `Number of users who joined with their invites, directly or indirectly; counted up to ${MOST_COUNTED}`,
      examples: [7],
    }),
    invited: Page(z.object({ ...node, redeemedAt: Timestamp })).meta({
      description: 'Users who joined with their invites, newest first. Each has a tree of their own',
    }),
  })
  .meta({
    id: 'InviteTree',
    description: 'The invite tree around one user: who invited them, and the users they invited',
  });
export type InviteTree = z.infer<typeof InviteTree>;

export const TreeFreeze = z.strictObject({
  userId: Id,
  reason: Reason.optional().meta({ description: 'For the audit log', examples: ['Sells invites'] }),
});
export type TreeFreeze = z.infer<typeof TreeFreeze>;
