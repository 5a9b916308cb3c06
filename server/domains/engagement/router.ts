import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { LikePage, LikeState, LikesInput, PostRef } from './contract.ts';
import { likePost, listLikes, unlikePost } from './service.ts';

export const engagementRouter = (app: App) =>
  router({
    like: userProcedure
      .meta({
        rest: 'POST /posts/{postId}/like',
        limit: 'like',
        summary: 'Like a post',
        status: 200,
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(LikeState)
      .mutation(({ ctx, input }) => likePost(app, ctx.viewer, input)),

    unlike: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}/like',
        limit: 'like',
        summary: 'Take a like back',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(LikeState)
      .mutation(({ ctx, input }) => unlikePost(app, ctx.viewer, input)),

    likes: viewerProcedure
      .meta({
        rest: 'GET /posts/{postId}/likes',
        limit: 'read',
        summary: 'Who liked a post, the latest first',
        errors: ['not_found'],
      })
      .input(LikesInput)
      .output(LikePage)
      .query(({ ctx, input }) => listLikes(app, ctx.viewer, input)),
  });
