import { z } from 'zod';
import type { App } from '../../../core/app.ts';
import { userProcedure } from '../../../core/procedures.ts';
import { FollowRequestPage, OwnListInput, UserRef } from '../contract.ts';
import { listRequests } from '../public.ts';
import { acceptRequest, rejectRequest } from '../service.ts';

/** Requests to follow a private account. */
export const requestRoutes = (app: App) => ({
  requests: userProcedure
    .meta({
      rest: 'GET /follow-requests',
      limit: 'read',
      summary: 'List requests to follow you, newest first',
    })
    .input(OwnListInput)
    .output(FollowRequestPage)
    .query(({ ctx, input }) => listRequests(app, ctx.viewer, input)),

  acceptRequest: userProcedure
    .meta({
      rest: 'POST /follow-requests/{userId}/accept',
      limit: 'write',
      summary: 'Accept a follow request',
      errors: ['self_action', 'not_found'],
    })
    .input(UserRef)
    .output(z.void())
    .mutation(({ ctx, input }) => acceptRequest(app, ctx.viewer, input.userId)),

  rejectRequest: userProcedure
    .meta({
      rest: 'POST /follow-requests/{userId}/reject',
      limit: 'write',
      summary: 'Reject a follow request without notifying the requester',
      errors: ['self_action', 'not_found'],
    })
    .input(UserRef)
    .output(z.void())
    .mutation(({ ctx, input }) => rejectRequest(app, ctx.viewer, input.userId)),
});
