import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { publicProcedure, router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { Tokens } from '../auth/contract.ts';
import { HandleRef, Me, ProfileChange, Registration, Settings, SettingsChange, UserRef } from './contract.ts';
import { Profile } from './profile.ts';
import { changeProfile, changeSettings, readProfile, readSettings, register } from './service.ts';

const SignUpResult = z
  .object({ ...Tokens.shape, user: Me })
  .meta({ id: 'SignUpResult', description: 'A new account, signed in' });

export const usersRouter = (app: App) =>
  router({
    register: publicProcedure
      .meta({
        rest: 'POST /users',
        limit: 'signup',
        summary: 'Sign up',
        description:
          'Creates the account, consumes one use of the invite and signs in, all or nothing. A handle that anybody ever had is taken.',
        location: '/users/{user.id}',
        errors: ['invalid_invite', 'device_blocked', 'handle_taken', 'email_taken', 'overloaded'],
      })
      .input(Registration)
      .output(SignUpResult)
      .mutation(({ ctx, input }) => register(app, ctx, input)),

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

    updateMe: userProcedure
      .meta({
        rest: 'PATCH /users/me',
        limit: 'write',
        summary: 'Update your profile',
        description: 'Omitted fields stay unchanged.',
        errors: ['handle_taken', 'handle_change_limit', 'media_unusable'],
      })
      .input(ProfileChange)
      .output(Me)
      .mutation(({ ctx, input }) => changeProfile(app, ctx.viewer, input)),

    settings: userProcedure
      .meta({ rest: 'GET /users/me/settings', limit: 'read', summary: 'Get your settings' })
      .input(z.strictObject({}))
      .output(Settings)
      .query(({ ctx }) => readSettings(app, ctx.viewer.id)),

    updateSettings: userProcedure
      .meta({
        rest: 'PATCH /users/me/settings',
        limit: 'write',
        summary: 'Update your settings',
        description: 'Omitted fields stay unchanged.',
      })
      .input(SettingsChange)
      .output(Settings)
      .mutation(({ ctx, input }) => changeSettings(app, ctx.viewer, input)),
  });
