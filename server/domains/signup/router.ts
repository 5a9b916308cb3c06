import { z } from 'zod';
import type { App } from '../../core/app.ts';
import { publicProcedure } from '../../core/procedures.ts';
import { Tokens } from '../auth/contract.ts';
import { Me } from '../users/contract.ts';
import { Registration } from './contract.ts';
import { register } from './service.ts';

const SignUpResult = z
  .object({ ...Tokens.shape, user: Me })
  .meta({ id: 'SignUpResult', description: 'A new account, signed in' });

export const signupRoutes = (app: App) => ({
  register: publicProcedure
    .meta({
      rest: 'POST /users',
      limit: 'signup',
      summary: 'Sign up',
      description:
        'Creates the account, redeems the invite once and signs in, all or nothing. Handles are never reused: any handle that somebody has ever had is taken.',
      location: '/users/{user.id}',
      errors: ['invalid_invite', 'device_blocked', 'handle_taken', 'email_taken', 'overloaded'],
    })
    .input(Registration)
    .output(SignUpResult)
    .mutation(({ ctx, input }) => register(app, ctx, input)),
});
