import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { likeComment, unlikeComment } from './commentLikes/service.ts';
import { createComment, deleteComment, editComment, listComments } from './comments/service.ts';
import {
  CommentEdit,
  CommentRef,
  CommentsInput,
  CommentView,
  LikePage,
  LikeState,
  LikesInput,
  NewComment,
  PostRef,
  ThreadPage,
} from './contract.ts';
import { likePost, listLikes, unlikePost } from './likes/service.ts';

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
        summary: 'Unlike a post',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(LikeState)
      .mutation(({ ctx, input }) => unlikePost(app, ctx.viewer, input)),

    likes: viewerProcedure
      .meta({
        rest: 'GET /posts/{postId}/likes',
        limit: 'read',
        summary: 'List users who liked a post, newest first',
        errors: ['not_found'],
      })
      .input(LikesInput)
      .output(LikePage)
      .query(({ ctx, input }) => listLikes(app, ctx.viewer, input)),

    comment: userProcedure
      .meta({
        rest: 'POST /posts/{postId}/comment',
        limit: 'comment',
        summary: 'Comment on a post or reply to a comment',
        description:
          'Replies have a single level. Returns `comments_closed` when the author does not accept comments from you.',
        location: '/posts/{postId}/comments/{id}',
        errors: ['not_found', 'comments_closed'],
      })
      .input(NewComment)
      .output(CommentView)
      .mutation(({ ctx, input }) => createComment(app, ctx.viewer, input)),

    comments: viewerProcedure
      .meta({
        rest: 'GET /posts/{postId}/comments',
        limit: 'read',
        summary: 'List comments on a post, newest first, each with its first replies',
        description: 'With `parentId`, lists all replies to that comment, oldest first.',
        errors: ['not_found'],
      })
      .input(CommentsInput)
      .output(ThreadPage)
      .query(({ ctx, input }) => listComments(app, ctx.viewer, input)),

    editComment: userProcedure
      .meta({
        rest: 'PATCH /posts/{postId}/comments/{commentId}',
        limit: 'write',
        summary: 'Edit your comment',
        description: 'The previous text is kept, and `editedAt` is set.',
        errors: ['not_found'],
      })
      .input(CommentEdit)
      .output(CommentView)
      .mutation(({ ctx, input }) => editComment(app, ctx.viewer, input)),

    deleteComment: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}/comments/{commentId}',
        limit: 'write',
        summary: 'Delete your comment, or any comment on your post',
        description: 'Replies to the comment are deleted as well.',
        errors: ['not_found'],
      })
      .input(CommentRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deleteComment(app, ctx.viewer, input)),

    likeComment: userProcedure
      .meta({
        rest: 'POST /posts/{postId}/comments/{commentId}/like',
        limit: 'like',
        summary: 'Like a comment',
        status: 200,
        errors: ['not_found'],
      })
      .input(CommentRef)
      .output(LikeState)
      .mutation(({ ctx, input }) => likeComment(app, ctx.viewer, input)),

    unlikeComment: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}/comments/{commentId}/like',
        limit: 'like',
        summary: 'Unlike a comment',
        errors: ['not_found'],
      })
      .input(CommentRef)
      .output(LikeState)
      .mutation(({ ctx, input }) => unlikeComment(app, ctx.viewer, input)),
  });
