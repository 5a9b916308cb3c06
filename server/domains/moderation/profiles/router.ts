import { z } from 'zod';
import type { App } from '../../../core/app.ts';
import { adminProcedure } from '../../../core/procedures.ts';
import { Action, UserRestore, UserTakedown } from '../actions/contract.ts';
import { presentAction } from '../cases/view.ts';
import { restoreProfile, takeDownProfile } from './service.ts';

export const profileRoutes = (app: App) => ({
  takedownUser: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/takedown',
      limit: 'admin',
      summary: "Take down a user's avatar, display name or bio",
      description:
        'Does not ban the user. The handle is shown in place of the display name. The user is notified of the rule and the reason, can set something else, but not the same again. A takedown can be undone. Safe to repeat.',
      errors: ['not_found', 'conflict'],
    })
    .input(UserTakedown)
    .output(Action)
    .mutation(async ({ ctx, input }) => presentAction(await takeDownProfile(app, ctx.actor, input))),

  restoreUser: adminProcedure
    .meta({
      rest: 'POST /moderation/users/{userId}/restore',
      limit: 'admin',
      summary: "Restore a user's avatar, display name and bio",
      description:
        'Undoes every takedown of the profile, not bans. What the user has changed since stays. Does nothing when nothing is taken down.',
      errors: ['not_found'],
    })
    .input(UserRestore)
    .output(z.void())
    .mutation(({ ctx, input }) => restoreProfile(app, ctx.actor, input.userId, input.reason)),
});
