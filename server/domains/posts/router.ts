import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { bookmarkPost, unbookmarkPost } from './bookmarks.ts';
import {
  BookmarkPage,
  BookmarksInput,
  NewPost,
  PostEdit,
  PostPage,
  PostRef,
  PostView,
  TaggedInput,
  UserPostsInput,
} from './contract.ts';
import { editPost } from './edit.ts';
import { listBookmarks, listPostsOfUser, listPostsTagged } from './lists.ts';
import { createPost, deletePost, readPost } from './service.ts';

export const postsRouter = (app: App) =>
  router({
    create: userProcedure
      .meta({
        rest: 'POST /posts',
        limit: 'post',
        summary: 'Post photographs',
        description:
          'Others see the post when all its photographs are ready; until then only its author does. The same post sent again within a minute is the same post.',
        location: '/posts/{id}',
        errors: ['media_unusable'],
      })
      .input(NewPost)
      .output(PostView)
      .mutation(({ ctx, input }) => createPost(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({ rest: 'GET /posts/{postId}', limit: 'read', summary: 'Read a post', errors: ['not_found'] })
      .input(PostRef)
      .output(PostView)
      .query(({ ctx, input }) => readPost(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /posts/{postId}',
        limit: 'write',
        summary: 'Change what an own post says, who sees it, or the order of its photographs',
        description: 'What the post said before is kept, and `editedAt` is shown.',
        errors: ['not_found'],
      })
      .input(PostEdit)
      .output(PostView)
      .mutation(({ ctx, input }) => editPost(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}',
        limit: 'write',
        summary: 'Delete an own post',
        description:
          'Its photographs are deleted with it, but for those that another post or the avatar shows.',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deletePost(app, ctx.viewer, input)),

    byUser: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/posts',
        limit: 'read',
        summary: 'Posts of a person, newest first',
        errors: ['not_found'],
      })
      .input(UserPostsInput)
      .output(PostPage)
      .query(({ ctx, input }) => listPostsOfUser(app, ctx.viewer, input)),

    byHashtag: viewerProcedure
      .meta({
        rest: 'GET /hashtags/{tag}/posts',
        limit: 'read',
        summary: 'Posts whose caption has a hashtag, newest first',
      })
      .input(TaggedInput)
      .output(PostPage)
      .query(({ ctx, input }) => listPostsTagged(app, ctx.viewer, input)),

    bookmark: userProcedure
      .meta({
        rest: 'POST /posts/{postId}/bookmark',
        limit: 'write',
        summary: 'Keep a post among the own bookmarks, which nobody else sees',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => bookmarkPost(app, ctx.viewer, input)),

    unbookmark: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}/bookmark',
        limit: 'write',
        summary: 'Take a post out of the own bookmarks',
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unbookmarkPost(app, ctx.viewer, input)),

    bookmarks: userProcedure
      .meta({ rest: 'GET /bookmarks', limit: 'read', summary: 'Own bookmarks, the latest first' })
      .input(BookmarksInput)
      .output(BookmarkPage)
      .query(({ ctx, input }) => listBookmarks(app, ctx.viewer, input)),
  });
