import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, publicProcedure, router, userProcedure } from '../../core/procedures.ts';
import {
  AdminInvite,
  CodeRef,
  Invite,
  InviteListInput,
  InvitePage,
  InviteStats,
  InviteTree,
  InviteTreeInput,
  InviteValidity,
  NewAdminInvite,
  NewInvite,
  TreeFreeze,
} from './contract.ts';
import {
  createAdminInvite,
  createInvite,
  isValidInvite,
  listInvites,
  readInviteStats,
  revokeInvite,
} from './service.ts';
import { freezeTree, readTree, unfreezeTree } from './tree.ts';

export const invitesRouter = (app: App) =>
  router({
    validate: publicProcedure
      .meta({
        rest: 'GET /invites/validate/{code}',
        limit: 'inviteValidation',
        summary: 'Whether an invite can be used',
      })
      .input(CodeRef)
      .output(InviteValidity)
      .query(async ({ input }) => ({ isValid: await isValidInvite(app, input.code) })),

    create: userProcedure
      .meta({
        rest: 'POST /invites',
        limit: 'write',
        summary: 'Make an invite for one person',
        description: 'New, Basic, Trusted and Verified people have 3, 10, 50 and 200 invites.',
        location: '/invites/validate/{code}',
        errors: ['invite_quota', 'invites_frozen'],
      })
      .input(NewInvite)
      .output(Invite)
      .mutation(({ ctx, input }) => createInvite(app, ctx.viewer, input)),

    list: userProcedure
      .meta({ rest: 'GET /invites', limit: 'read', summary: 'Own invites, newest first' })
      .input(InviteListInput)
      .output(InvitePage)
      .query(({ ctx, input }) => listInvites(app, ctx.viewer, input)),

    stats: userProcedure
      .meta({ rest: 'GET /invites/stats', limit: 'read', summary: 'How many invites are used and left' })
      .input(z.strictObject({}))
      .output(InviteStats)
      .query(({ ctx }) => readInviteStats(app, ctx.viewer.id)),

    revoke: userProcedure
      .meta({
        rest: 'POST /invites/{code}/revoke',
        limit: 'write',
        summary: 'Take an invite back before it is used',
        errors: ['not_found', 'conflict'],
      })
      .input(CodeRef)
      .output(Invite)
      .mutation(({ ctx, input }) => revokeInvite(app, ctx.viewer, input.code)),

    adminCreate: adminProcedure
      .meta({
        rest: 'POST /admin/invites',
        limit: 'admin',
        summary: 'Make an invite for many people',
        location: '/invites/validate/{code}',
      })
      .input(NewAdminInvite)
      .output(AdminInvite)
      .mutation(({ ctx, input }) => createAdminInvite(app, ctx.actor, input)),

    tree: adminProcedure
      .meta({
        rest: 'GET /admin/invites/tree/{userId}',
        limit: 'admin',
        summary: 'Who invited somebody, and whom they invited',
        errors: ['not_found'],
      })
      .input(InviteTreeInput)
      .output(InviteTree)
      .query(({ input }) => readTree(app, input)),

    freeze: adminProcedure
      .meta({
        rest: 'POST /admin/invites/tree/{userId}/freeze',
        limit: 'admin',
        summary: 'Keep somebody, and everybody below them in the tree, from inviting',
        description: 'Their open invites let nobody in while it lasts.',
        errors: ['not_found'],
      })
      .input(TreeFreeze)
      .output(z.void())
      .mutation(({ ctx, input }) => freezeTree(app, ctx.actor, input)),

    unfreeze: adminProcedure
      .meta({
        rest: 'POST /admin/invites/tree/{userId}/unfreeze',
        limit: 'admin',
        summary: 'Let somebody, and everybody below them, invite again',
        description: 'Who is kept from it by another freeze stays so.',
        errors: ['not_found'],
      })
      .input(TreeFreeze)
      .output(z.void())
      .mutation(({ ctx, input }) => unfreezeTree(app, ctx.actor, input)),
  });
