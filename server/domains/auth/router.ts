import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { publicProcedure, router, userProcedure } from '../../core/procedures.ts';
import { Me } from '../users/contract.ts';
import { presentMe } from '../users/public.ts';
import {
  Login,
  PasswordChange,
  RefreshRequest,
  SessionListInput,
  SessionPage,
  SessionRef,
  SignInResult,
  Tokens,
} from './contract.ts';
import { listSessions, revokeSessionsOf } from './public.ts';
import { changePassword, refreshTokens, revokeSession, signIn, signOut } from './service.ts';

export const authRouter = (app: App) =>
  router({
    login: publicProcedure
      .meta({
        rest: 'POST /auth/login',
        limit: 'login',
        summary: 'Sign in with an email address or handle',
        errors: ['invalid_credentials', 'overloaded'],
      })
      .input(Login)
      .output(SignInResult)
      .mutation(({ ctx, input }) => signIn(app, ctx, input)),

    refresh: publicProcedure
      .meta({
        rest: 'POST /auth/refresh',
        limit: 'refresh',
        summary: 'Exchange a refresh token for its successor and a new access token',
        description:
          'For 60 seconds the same token returns the same successor again, as long as that successor has not been used. After that, or with an older token, the session ends, because the token may have been stolen.',
        errors: ['invalid_refresh_token'],
      })
      .input(RefreshRequest)
      .output(Tokens)
      .mutation(({ input }) => refreshTokens(app, input.refreshToken)),

    revoke: publicProcedure
      .meta({
        rest: 'POST /auth/revoke',
        limit: 'refresh',
        summary: 'Sign out and end the session of a refresh token',
        description: 'Returns 204 for any token, valid or not.',
      })
      .input(RefreshRequest)
      .output(z.void())
      .mutation(({ input }) => signOut(app, input.refreshToken)),

    me: userProcedure
      .meta({
        rest: 'GET /auth/me',
        whileBanned: true,
        limit: 'read',
        summary: 'Get your profile, including its private fields',
      })
      .input(z.strictObject({}).optional())
      .output(Me)
      .query(({ ctx }) => presentMe(app, ctx.viewer.id)),

    sessions: userProcedure
      .meta({
        rest: 'GET /auth/sessions',
        whileBanned: true,
        limit: 'read',
        summary: 'List your active sessions, newest first',
      })
      .input(SessionListInput)
      .output(SessionPage)
      .query(({ ctx, input }) => listSessions(app, ctx.viewer, input)),

    endSession: userProcedure
      .meta({
        rest: 'DELETE /auth/sessions/{sessionId}',
        whileBanned: true,
        limit: 'write',
        summary: 'End one of your sessions',
        errors: ['not_found'],
      })
      .input(SessionRef)
      .output(z.void())
      .mutation(({ ctx, input }) => revokeSession(app, ctx.viewer, input.sessionId)),

    endOtherSessions: userProcedure
      .meta({
        rest: 'DELETE /auth/sessions',
        whileBanned: true,
        limit: 'write',
        summary: 'End all your sessions except this one',
      })
      .input(z.strictObject({}).optional())
      .output(z.void())
      .mutation(({ ctx }) =>
        revokeSessionsOf(app, ctx.viewer.id, { exceptSessionId: ctx.viewer.sessionId, reason: 'signOut' }),
      ),

    changePassword: userProcedure
      .meta({
        rest: 'POST /auth/password',
        whileBanned: true,
        limit: 'write',
        summary: 'Change your password and end all other sessions',
        errors: ['invalid_credentials', 'overloaded'],
      })
      .input(PasswordChange)
      .output(z.void())
      .mutation(({ ctx, input }) => changePassword(app, ctx.viewer, input)),
  });
