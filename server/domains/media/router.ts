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
import { inspectMedia } from './inspection.ts';
import { MediaInspection } from './inspectionContract.ts';
import { editMedia, readMedia, removeMedia } from './library.ts';
import { listOwnMedia } from './lists.ts';
import { MediaPolicy } from './policyContract.ts';
import { completeUpload, mediaPolicy, requireSoundUpload, startUpload, uploadStatus } from './uploads.ts';

export const mediaRouter = (app: App) =>
  router({
    policy: publicProcedure
      .meta({
        rest: 'GET /media/policy',
        limit: 'anonymousRead',
        summary: 'What photographs are accepted, and what is made of them',
      })
      .input(z.strictObject({}).optional())
      .output(MediaPolicy)
      .query(() => mediaPolicy(app)),

    upload: userProcedure
      .meta({
        rest: 'POST /media/upload',
        limit: 'mediaUpload',
        summary: 'Ask where to send a photograph',
        description:
          'Send the file to `uploadUrl` once, with `method` and `headers` exactly as they are given and the length declared here; then call complete. With `sha256`, a file that the viewer has uploaded before is not made anew: the answer names the photograph it made, with its `status` and with the alt text that is given now.',
        location: '/media/{uploadId}',
        errors: ['unsupported_media_type', 'payload_too_large'],
      })
      .input(NewUpload)
      .output(UploadTicket)
      .mutation(({ ctx, input }) => startUpload(app, ctx.viewer, input)),

    complete: userProcedure
      .meta({
        rest: 'POST /media/upload/{uploadId}/complete',
        limit: 'write',
        summary: 'Say that the file has been sent',
        description:
          'The photograph is then processed; ask for its status. May be called again without harm.',
        status: 202,
        errors: ['not_found', 'upload_missing', 'media_unusable'],
        before: async (viewer, input) => {
          const { data } = UploadRef.safeParse(input);
          if (data) await requireSoundUpload(app, viewer, data);
        },
      })
      .input(UploadRef)
      .output(UploadStatus)
      .mutation(({ ctx, input }) => completeUpload(app, ctx.viewer, input)),

    status: userProcedure
      .meta({
        rest: 'GET /media/upload/{uploadId}/status',
        limit: 'mediaRead',
        summary: 'How far an upload has come',
        errors: ['not_found'],
      })
      .input(UploadRef)
      .output(UploadStatus)
      .query(({ ctx, input }) => uploadStatus(app, ctx.viewer, input)),

    get: viewerProcedure
      .meta({
        rest: 'GET /media/{mediaId}',
        limit: 'mediaRead',
        summary: 'Read a photograph',
        description: 'One that the viewer may see: in a visible post or story, as an avatar, or own.',
        errors: ['not_found'],
      })
      .input(MediaRef)
      .output(MediaView)
      .query(({ ctx, input }) => readMedia(app, ctx.viewer, input)),

    edit: userProcedure
      .meta({
        rest: 'PATCH /media/{mediaId}',
        limit: 'write',
        summary: 'Change the alt text and which camera data others see',
        errors: ['not_found'],
      })
      .input(MediaEdit)
      .output(OwnMedia)
      .mutation(({ ctx, input }) => editMedia(app, ctx.viewer, input)),

    delete: userProcedure
      .meta({
        rest: 'DELETE /media/{mediaId}',
        limit: 'write',
        summary: 'Delete an own photograph that nothing uses',
        errors: ['not_found', 'media_in_use'],
      })
      .input(MediaRef)
      .output(z.void())
      .mutation(({ ctx, input }) => removeMedia(app, ctx.viewer, input)),

    list: userProcedure
      .meta({
        rest: 'GET /media',
        limit: 'mediaRead',
        summary: 'Own uploads, newest first, with where each is used',
      })
      .input(OwnMediaInput)
      .output(OwnMediaPage)
      .query(({ ctx, input }) => listOwnMedia(app, ctx.viewer, input)),

    inspect: adminProcedure
      .meta({
        rest: 'GET /admin/media/{mediaId}',
        limit: 'admin',
        summary: 'How an upload stands, what is stored of it and which jobs wait for it',
        description: 'Nothing of the picture itself.',
        errors: ['not_found'],
      })
      .input(MediaRef)
      .output(MediaInspection)
      .query(({ input }) => inspectMedia(app, input)),
  });
