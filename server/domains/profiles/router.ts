import type { App } from '../../core/app.ts';
import { viewerProcedure } from '../../core/procedures.ts';
import { HandleRef, UserRef } from '../users/contract.ts';
import { Profile } from './contract.ts';
import { readProfile } from './service.ts';

export const profileRoutes = (app: App) => ({
  get: viewerProcedure
    .meta({
      rest: 'GET /users/{userId}',
      limit: 'read',
      summary: "Get a user's profile",
      errors: ['not_found'],
    })
    .input(UserRef)
    .output(Profile)
    .query(({ ctx, input }) => readProfile(app, ctx.viewer, input)),

  byHandle: viewerProcedure
    .meta({
      rest: 'GET /users/by-handle/{handle}',
      limit: 'read',
      summary: "Get a user's profile by handle",
      errors: ['not_found'],
    })
    .input(HandleRef)
    .output(Profile)
    .query(({ ctx, input }) => readProfile(app, ctx.viewer, input)),
});
