import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { adminProcedure, router, userProcedure } from '../../core/procedures.ts';
import { PersonRef, TrustRecord, TrustScore } from './contract.ts';
import { readTrustRecord, readTrustScore } from './score/service.ts';
import { unverify, verify } from './verification/service.ts';

export const trustRouter = (app: App) =>
  router({
    score: userProcedure
      .meta({
        rest: 'GET /account/trust-score',
        limit: 'read',
        summary: 'Get your trust level, your points and the requirements for the next level',
        description:
          'A post is worth 5 points, a comment 2, a like received 1, a follower 3 (2 once lost), a user you invited 10 while they are Basic or higher. An upheld report costs 10, a takedown 25, a strike 50.',
      })
      .input(z.strictObject({}))
      .output(TrustScore)
      .query(({ ctx }) => readTrustScore(app, ctx.viewer.id)),

    record: adminProcedure
      .meta({
        rest: 'GET /admin/trust/{userId}',
        limit: 'admin',
        summary: "Get a user's trust level, ledger of points and strikes",
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(TrustRecord)
      .query(({ input }) => readTrustRecord(app, input)),

    verify: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/verify',
        limit: 'admin',
        summary: 'Make a user Verified',
        description: 'Only an operator can remove it.',
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(z.void())
      .mutation(({ ctx, input }) => verify(app, ctx.actor, input)),

    unverify: adminProcedure
      .meta({
        rest: 'POST /admin/users/{userId}/unverify',
        limit: 'admin',
        summary: 'Remove Verified from a user, returning them to the level they earned',
        errors: ['not_found'],
      })
      .input(PersonRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unverify(app, ctx.actor, input)),
  });
