import { z } from 'zod';
import type { App } from '../../core/app.ts';
import {
  adminProcedure,
  publicProcedure,
  router,
  userProcedure,
  viewerProcedure,
} from '../../core/procedures.ts';
import {
  MediaEdit,
  MediaRef,
  MediaView,
  NewUpload,
  OwnMedia,
  OwnMediaInput,
  OwnMediaPage,
  UploadRef,
  UploadStatus,
  UploadTicket,
} from './contract.ts';
import { MediaInspection } from './inspection/contract.ts';
import { inspectMedia } from './inspection/service.ts';
import { editMedia, readMedia, removeMedia } from './library/service.ts';
import { listOwnMedia } from './public.ts';
import { MediaPolicy } from './uploads/contract.ts';
import {
  completeUpload,
  mediaPolicy,
  prepareUpload,
  requireIntactUpload,
  startUpload,
  uploadStatus,
} from './uploads/service.ts';

export const mediaRouter = (app: App) =>
  router({
    policy: publicProcedure
      .meta({
        rest: 'GET /media/policy',
        limit: 'anonymousRead',
        summary: 'Get the upload policy',
      })
      .input(z.strictObject({}).optional())
      .output(MediaPolicy)
      .query(() => mediaPolicy(app)),

    upload: userProcedure
      .meta({
        rest: 'POST /media/upload',
        limit: 'mediaUpload',
        summary: 'Start an upload',
        description:
          'Send the file to `uploadUrl` once, with `method` and `headers` exactly as given and the length declared here; then complete the upload. Larger files can be sent as `parts` instead. With `sha256`, a file that you have uploaded before creates no new photo: the response names the existing one, with its `status` and the alt text given now; a file that was taken down is refused at once. Without it, such a file fails when it is processed.',
        location: '/media/{uploadId}',
        errors: ['unsupported_media_type', 'payload_too_large', 'media_unusable', 'taken_down'],
        before: async (viewer, input) => {
          const { data } = NewUpload.safeParse(input);
          return data && prepareUpload(app, viewer, data);
        },
      })
      .input(NewUpload)
      .output(UploadTicket)
      .mutation(({ ctx, input }) =>
        startUpload(app, ctx.viewer, input, ctx.prepared as Awaited<ReturnType<typeof prepareUpload>>),
      ),

    complete: userProcedure
      .meta({
        rest: 'POST /media/upload/{uploadId}/complete',
        limit: 'write',
        summary: 'Complete an upload after sending the file',
        description:
          'The photo is then processed; poll its status. Safe to repeat. When parts are missing, `detail` names them, and nothing is lost. When processing failed and the file was not at fault, it is tried again.',
        status: 202,
        errors: ['not_found', 'upload_missing', 'media_unusable'],
        before: async (viewer, input) => {
          const { data } = UploadRef.safeParse(input);
          if (data) await requireIntactUpload(app, viewer, data);
        },
      })
      .input(UploadRef)
      .output(UploadStatus)
      .mutation(({ ctx, input }) => completeUpload(app, ctx.viewer, input)),

    status: userProcedure
      .meta({
        rest: 'GET /media/upload/{uploadId}/status',
        limit: 'mediaRead',
        summary: 'Get the status of an upload',
        description:
          'A pending upload that can be sent in parts lists those that are missing, with new URLs.',
        errors: ['not_found'],
      })
      .input(UploadRef)
      .output(UploadStatus)
      .query(({ ctx, input }) => uploadStatus(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({
        rest: 'GET /media/{mediaId}',
        limit: 'mediaRead',
        summary: 'Get a photo',
        description:
          'You can get photos in posts and stories that you can see, avatars, and your own photos.',
        errors: ['not_found'],
      })
      .input(MediaRef)
      .output(MediaView)
      .query(({ ctx, input }) => readMedia(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /media/{mediaId}',
        limit: 'write',
        summary: "Change a photo's alt text, its rights and which of its camera data others can see",
        description:
          'Posts keep the alt text that they were created with: the new one is what later posts start from. `PATCH /posts/{postId}` changes it in one post.',
        errors: ['not_found'],
      })
      .input(MediaEdit)
      .output(OwnMedia)
      .mutation(({ ctx, input }) => editMedia(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /media/{mediaId}',
        limit: 'write',
        summary: 'Delete one of your photos that is not in use',
        errors: ['not_found', 'media_in_use'],
      })
      .input(MediaRef)
      .output(z.void())
      .mutation(({ ctx, input }) => removeMedia(app, ctx.viewer, input)),

    list: userProcedure
      .meta({
        rest: 'GET /media',
        limit: 'mediaRead',
        summary: 'List your uploads and where each is used, newest first',
      })
      .input(OwnMediaInput)
      .output(OwnMediaPage)
      .query(({ ctx, input }) => listOwnMedia(app, ctx.viewer, input)),

    inspect: adminProcedure
      .meta({
        rest: 'GET /admin/media/{mediaId}',
        limit: 'admin',
        summary: 'Get the state of an upload, its stored objects and its jobs',
        description: "The response doesn't include the picture itself.",
        errors: ['not_found'],
      })
      .input(MediaRef)
      .output(MediaInspection)
      .query(({ input }) => inspectMedia(app, input)),
  });
