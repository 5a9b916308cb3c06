import type { App } from '../../../core/app.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import { userProcedure } from '../../../core/procedures.ts';
import { listReports } from '../public.ts';
import {
  CommentFlag,
  PostFlag,
  Report,
  ReportListInput,
  ReportPage,
  StoryFlag,
  UserFlag,
} from './contract.ts';
import { reportSubject } from './service.ts';

const flagging = {
  limit: 'report' as const,
  description:
    'You can report each subject once. A snapshot of what you saw is kept for the operators; the owner never learns who reported it.',
  location: '/moderation/my-reports' as const,
  errors: ['self_action', 'not_found', 'already_reported'] satisfies ErrorCode[],
};

export const reportRoutes = (app: App) => ({
  flagUser: userProcedure
    .meta({ ...flagging, rest: 'POST /moderation/users/{userId}/flag', summary: 'Report a user' })
    .input(UserFlag)
    .output(Report)
    .mutation(({ ctx, input: { userId, ...flag } }) => reportSubject(app, ctx.viewer, 'user', userId, flag)),

  flagPost: userProcedure
    .meta({ ...flagging, rest: 'POST /moderation/posts/{postId}/flag', summary: 'Report a post' })
    .input(PostFlag)
    .output(Report)
    .mutation(({ ctx, input: { postId, ...flag } }) => reportSubject(app, ctx.viewer, 'post', postId, flag)),

  flagComment: userProcedure
    .meta({ ...flagging, rest: 'POST /moderation/comments/{commentId}/flag', summary: 'Report a comment' })
    .input(CommentFlag)
    .output(Report)
    .mutation(({ ctx, input: { commentId, ...flag } }) =>
      reportSubject(app, ctx.viewer, 'comment', commentId, flag),
    ),

  flagStory: userProcedure
    .meta({ ...flagging, rest: 'POST /moderation/stories/{storyId}/flag', summary: 'Report a story' })
    .input(StoryFlag)
    .output(Report)
    .mutation(({ ctx, input: { storyId, ...flag } }) =>
      reportSubject(app, ctx.viewer, 'story', storyId, flag),
    ),

  myReports: userProcedure
    .meta({
      rest: 'GET /moderation/my-reports',
      limit: 'read',
      summary: 'List your reports and their outcomes, newest first',
    })
    .input(ReportListInput)
    .output(ReportPage)
    .query(({ ctx, input }) => listReports(app, ctx.viewer, input)),
});
