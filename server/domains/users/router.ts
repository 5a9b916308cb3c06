import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { userProcedure } from '../../core/procedures.ts';
import { Me, ProfileChange, Settings, SettingsChange } from './contract.ts';
import { readSettings } from './public.ts';
import { changeProfile, changeSettings } from './service.ts';

export const usersRoutes = (app: App) => ({
  updateMe: userProcedure
    .meta({
      rest: 'PATCH /users/me',
      limit: 'write',
      summary: 'Update your profile',
      description: 'Omitted fields stay unchanged.',
      errors: ['handle_taken', 'handle_change_limit', 'media_unusable', 'taken_down'],
    })
    .input(ProfileChange)
    .output(Me)
    .mutation(({ ctx, input }) => changeProfile(app, ctx.viewer, input)),

  settings: userProcedure
    .meta({ rest: 'GET /users/me/settings', limit: 'read', summary: 'Get your settings' })
    .input(z.strictObject({}))
    .output(Settings)
    .query(({ ctx }) => readSettings(app, ctx.viewer.id)),

  updateSettings: userProcedure
    .meta({
      rest: 'PATCH /users/me/settings',
      limit: 'write',
      summary: 'Update your settings',
      description: 'Omitted fields stay unchanged.',
    })
    .input(SettingsChange)
    .output(Settings)
    .mutation(({ ctx, input }) => changeSettings(app, ctx.viewer, input)),
});
