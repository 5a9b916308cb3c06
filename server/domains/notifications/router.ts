import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { router, userProcedure } from '../../core/procedures.ts';
import { NotificationPage, NotificationRef, NotificationsInput, ReadUpTo, UnreadCount } from './contract.ts';
import { listNotifications } from './public.ts';
import { countUnread, markRead, markReadUpTo } from './service.ts';

export const notificationsRouter = (app: App) =>
  router({
    list: userProcedure
      .meta({
        rest: 'GET /notifications',
        limit: 'notifications',
        summary: 'List your notifications, newest first',
        description:
          'Omits interactions that were undone, and users you have blocked or muted. An entry keeps its place: a notification more than an hour after its first one starts a new entry.',
      })
      .input(NotificationsInput)
      .output(NotificationPage)
      .query(({ ctx, input }) => listNotifications(app, ctx.viewer, input)),

    unreadCount: userProcedure
      .meta({
        rest: 'GET /notifications/unread-count',
        limit: 'notifications',
        summary: 'Get the number of unread notifications',
      })
      .input(z.strictObject({}))
      .output(UnreadCount)
      .query(({ ctx }) => countUnread(app, ctx.viewer)),

    markRead: userProcedure
      .meta({
        rest: 'POST /notifications/{notificationId}/read',
        limit: 'notifications',
        summary: 'Mark an entry as read',
        errors: ['not_found'],
      })
      .input(NotificationRef)
      .output(z.void())
      .mutation(({ ctx, input }) => markRead(app, ctx.viewer, input)),

    markReadUpTo: userProcedure
      .meta({
        rest: 'POST /notifications/read',
        limit: 'notifications',
        summary: 'Mark everything up to an entry as read',
        description: 'The marker only moves forward.',
        status: 200,
        errors: ['not_found'],
      })
      .input(ReadUpTo)
      .output(UnreadCount)
      .mutation(({ ctx, input }) => markReadUpTo(app, ctx.viewer, input)),
  });
