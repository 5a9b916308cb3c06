import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { publicProcedure, router, userProcedure } from '../../core/procedures.ts';
import { Me } from '../users/contract.ts';
import { presentMe } from '../users/view.ts';
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
import {
  changePassword,
  endSession,
  endSessions,
  listSessions,
  refreshTokens,
  signIn,
  signOut,
} from './service.ts';

export const authRouter = (app: App) =>
  router({
    login: publicProcedure
      .meta({
        rest: 'POST /auth/login',
        limit: 'login',
        summary: 'Sign in with e-mail address or handle',
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
          'Within 60 seconds the same token gives the same successor again, as long as that was not used. Later, or for an older token, the session is ended: somebody else may have it.',
        errors: ['invalid_refresh_token'],
      })
      .input(RefreshRequest)
      .output(Tokens)
      .mutation(({ input }) => refreshTokens(app, input.refreshToken)),

    revoke: publicProcedure
      .meta({
        rest: 'POST /auth/revoke',
        limit: 'refresh',
        summary: 'Sign out: end the session of a refresh token',
        description: 'Answers 204 for whatever token.',
      })
      .input(RefreshRequest)
      .output(z.void())
      .mutation(({ input }) => signOut(app, input.refreshToken)),

    me: userProcedure
      .meta({
        rest: 'GET /auth/me',
        whileBanned: true,
        limit: 'read',
        summary: 'Own profile, with what only its owner is told',
      })
      .input(z.strictObject({}).optional())
      .output(Me)
      .query(({ ctx }) => presentMe(app, ctx.viewer.id)),

    sessions: userProcedure
      .meta({
        rest: 'GET /auth/sessions',
        whileBanned: true,
        limit: 'read',
        summary: 'Where one is signed in, newest first',
      })
      .input(SessionListInput)
      .output(SessionPage)
      .query(({ ctx, input }) => listSessions(app, ctx.viewer, input)),

    endSession: userProcedure
      .meta({
        rest: 'DELETE /auth/sessions/{sessionId}',
        whileBanned: true,
        limit: 'write',
        summary: 'End one session',
        errors: ['not_found'],
      })
      .input(SessionRef)
      .output(z.void())
      .mutation(({ ctx, input }) => endSession(app, ctx.viewer, input.sessionId)),

    endOtherSessions: userProcedure
      .meta({
        rest: 'DELETE /auth/sessions',
        whileBanned: true,
        limit: 'write',
        summary: 'End all sessions but this one',
      })
      .input(z.strictObject({}).optional())
      .output(z.void())
      .mutation(({ ctx }) =>
        endSessions(app, ctx.viewer.id, { exceptSessionId: ctx.viewer.sessionId, reason: 'signOut' }),
      ),

    changePassword: userProcedure
      .meta({
        rest: 'POST /auth/password',
        whileBanned: true,
        limit: 'write',
        summary: 'Change the password and end all other sessions',
        errors: ['invalid_credentials', 'overloaded'],
      })
      .input(PasswordChange)
      .output(z.void())
      .mutation(({ ctx, input }) => changePassword(app, ctx.viewer, input)),
  });
