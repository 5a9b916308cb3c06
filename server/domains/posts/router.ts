import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure, viewerProcedure } from '../../core/procedures.ts';
import { bookmarkPost, unbookmarkPost } from './bookmarks/service.ts';
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
import { editPost } from './editing/service.ts';
import { deletePost, listBookmarks, listPostsOfUser } from './public.ts';
import { createPost, listPostsTagged, readPost } from './service.ts';

export const postsRouter = (app: App) =>
  router({
    create: userProcedure
      .meta({
        rest: 'POST /posts',
        limit: 'post',
        summary: 'Create a post',
        description:
          'Others can see the post once all its photos are ready; until then, only you can. Sending the same post again within a minute returns the first one.',
        location: '/posts/{id}',
        errors: ['media_unusable', 'taken_down'],
      })
      .input(NewPost)
      .output(PostView)
      .mutation(({ ctx, input }) => createPost(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({ rest: 'GET /posts/{postId}', limit: 'read', summary: 'Get a post', errors: ['not_found'] })
      .input(PostRef)
      .output(PostView)
      .query(({ ctx, input }) => readPost(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /posts/{postId}',
        limit: 'write',
        summary: 'Edit the caption, audience, comment policy or photos of your post',
        description:
          'The previous version is kept, and `editedAt` is set. A photo that failed can be replaced by another of yours, or left out; it is deleted unless it is used elsewhere. Others see the post once all its photos are ready.',
        errors: ['not_found', 'media_unusable', 'taken_down'],
      })
      .input(PostEdit)
      .output(PostView)
      .mutation(({ ctx, input }) => editPost(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}',
        limit: 'write',
        summary: 'Delete your post',
        description: 'Also deletes its photos, except those used by another post, a story or your avatar.',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => deletePost(app, ctx.viewer, input)),

    byUser: viewerProcedure
      .meta({
        rest: 'GET /users/{userId}/posts',
        limit: 'read',
        summary: "List a user's posts, newest first",
        errors: ['not_found'],
      })
      .input(UserPostsInput)
      .output(PostPage)
      .query(({ ctx, input }) => listPostsOfUser(app, ctx.viewer, input)),

    byHashtag: viewerProcedure
      .meta({
        rest: 'GET /hashtags/{tag}/posts',
        limit: 'read',
        summary: 'List posts with a hashtag in the caption, newest first',
      })
      .input(TaggedInput)
      .output(PostPage)
      .query(({ ctx, input }) => listPostsTagged(app, ctx.viewer, input)),

    bookmark: userProcedure
      .meta({
        rest: 'POST /posts/{postId}/bookmark',
        limit: 'write',
        summary: 'Bookmark a post, visible only to you',
        errors: ['not_found'],
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => bookmarkPost(app, ctx.viewer, input)),

    unbookmark: userProcedure
      .meta({
        rest: 'DELETE /posts/{postId}/bookmark',
        limit: 'write',
        summary: 'Remove a post from your bookmarks',
      })
      .input(PostRef)
      .output(z.void())
      .mutation(({ ctx, input }) => unbookmarkPost(app, ctx.viewer, input)),

    bookmarks: userProcedure
      .meta({ rest: 'GET /bookmarks', limit: 'read', summary: 'List your bookmarks, newest first' })
      .input(BookmarksInput)
      .output(BookmarkPage)
      .query(({ ctx, input }) => listBookmarks(app, ctx.viewer, input)),
  });
