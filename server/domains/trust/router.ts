import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, router, userProcedure } from '../../core/procedures.ts';
import { PersonRef, TrustRecord, TrustScore } from './contract.ts';
import { readTrustRecord, readTrustScore } from './score.ts';
import { unverify, verify } from './verification.ts';

export const trustRouter = (app: App) =>
  router({
    score: userProcedure
      .meta({
        rest: 'GET /account/trust-score',
        limit: 'read',
        summary: 'Own trust level and points, and what the next level takes',
        description:
          'A post that stands is worth 5 points, a comment 2, a like received 1, a follower 3 (2 once lost), somebody invited 10 while they are Basic or more; an upheld report takes 10, something removed 25, a strike 50.',
      })
      .input(z.strictObject({}))
      .output(TrustScore)
      .query(({ ctx }) => readTrustScore(app, ctx.viewer.id)),

    record: adminProcedure
      .meta({
        rest: 'GET /admin/trust/{userId}',
        limit: 'admin',
        summary: 'How somebody stands, with their ledger of points and all strikes',
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(TrustRecord)
      .query(({ input }) => readTrustRecord(app, input)),

    verify: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/verify',
        limit: 'admin',
        summary: 'Make somebody Verified',
        description: 'Nothing but an operator takes that away again.',
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(z.void())
      .mutation(({ ctx, input }) => verify(app, ctx.actor, input)),

    unverify: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/unverify',
        limit: 'admin',
        summary: 'Take Verified away: back to the level that was earned',
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unverify(app, ctx.actor, input)),
  });
