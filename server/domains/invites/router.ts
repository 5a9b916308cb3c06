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
import { listInvites } from './public.ts';
import { createAdminInvite, createInvite, isValidInvite, readInviteStats, revokeInvite } from './service.ts';
import { freezeTree, readTree, unfreezeTree } from './tree/service.ts';

export const invitesRouter = (app: App) =>
  router({
    validate: publicProcedure
      .meta({
        rest: 'GET /invites/validate/{code}',
        limit: 'inviteValidation',
        summary: 'Check whether an invite is valid',
      })
      .input(CodeRef)
      .output(InviteValidity)
      .query(async ({ input }) => ({ isValid: await isValidInvite(app, input.code) })),

    create: userProcedure
      .meta({
        rest: 'POST /invites',
        limit: 'write',
        summary: 'Create an invite for one user',
        description: 'New, Basic, Trusted and Verified users have 3, 10, 50 and 200 invites.',
        location: '/invites/validate/{code}',
        errors: ['invite_quota', 'invites_frozen'],
      })
      .input(NewInvite)
      .output(Invite)
      .mutation(({ ctx, input }) => createInvite(app, ctx.viewer, input)),

    list: userProcedure
      .meta({ rest: 'GET /invites', limit: 'read', summary: 'List your invites, newest first' })
      .input(InviteListInput)
      .output(InvitePage)
      .query(({ ctx, input }) => listInvites(app, ctx.viewer, input)),

    stats: userProcedure
      .meta({
        rest: 'GET /invites/stats',
        limit: 'read',
        summary: 'Get the number of invites you have used and have left',
      })
      .input(z.strictObject({}))
      .output(InviteStats)
      .query(({ ctx }) => readInviteStats(app, ctx.viewer.id)),

    revoke: userProcedure
      .meta({
        rest: 'POST /invites/{code}/revoke',
        limit: 'write',
        summary: 'Revoke an unused invite',
        errors: ['not_found', 'conflict'],
      })
      .input(CodeRef)
      .output(Invite)
      .mutation(({ ctx, input }) => revokeInvite(app, ctx.viewer, input.code)),

    adminCreate: adminProcedure
      .meta({
        rest: 'POST /admin/invites',
        limit: 'admin',
        summary: 'Create an invite for one or more users',
        location: '/invites/validate/{code}',
      })
      .input(NewAdminInvite)
      .output(AdminInvite)
      .mutation(({ ctx, input }) => createAdminInvite(app, ctx.actor, input)),

    tree: adminProcedure
      .meta({
        rest: 'GET /admin/invites/tree/{userId}',
        limit: 'admin',
        summary: 'Get the invite tree around a user',
        errors: ['not_found'],
      })
      .input(InviteTreeInput)
      .output(InviteTree)
      .query(({ input }) => readTree(app, input)),

    freeze: adminProcedure
      .meta({
        rest: 'POST /admin/invites/tree/{userId}/freeze',
        limit: 'admin',
        summary: 'Bar a user, and everyone below them in the invite tree, from inviting others',
        description: "Their open invites can't be used in the meantime.",
        errors: ['not_found'],
      })
      .input(TreeFreeze)
      .output(z.void())
      .mutation(({ ctx, input }) => freezeTree(app, ctx.actor, input)),

    unfreeze: adminProcedure
      .meta({
        rest: 'POST /admin/invites/tree/{userId}/unfreeze',
        limit: 'admin',
        summary: 'Allow a user, and everyone below them in the invite tree, to invite others again',
        description: 'Users barred by another freeze remain barred.',
        errors: ['not_found'],
      })
      .input(TreeFreeze)
      .output(z.void())
      .mutation(({ ctx, input }) => unfreezeTree(app, ctx.actor, input)),
  });
