import { z } from 'zod';
import { Id, Page, Password, pageInput, Text, Timestamp } from '../../core/fields.ts';
import { Me } from '../users/contract.ts';

const AccessToken = z.string().meta({
  description: 'Sent as `Authorization: Bearer …`',
  examples: ['v4.public.eyJzdWIiOiIwMTk5M2E0ZSJ9bWFkZSBvZiBzaXh0eS1mb3VyIGJ5dGVz'],
});

const RefreshToken = z.string().meta({
  description: 'Good for one refresh, which answers its successor',
  maxLength: 1024,
  examples: ['v4.public.eyJ0eXAiOiJyZWZyZXNoIn1tYWRlIG9mIHNpeHR5LWZvdXIgYnl0ZXM'],
});

export const Tokens = z
  .object({
    accessToken: AccessToken,
    refreshToken: RefreshToken,
    accessExpiresAt: Timestamp,
    refreshExpiresAt: Timestamp,
  })
  .meta({ id: 'Tokens', description: 'What a session is used and renewed with' });
export type Tokens = z.infer<typeof Tokens>;

export const Login = z.strictObject({
  identifier: Text({ min: 1, max: 254 }).meta({
    description: 'E-mail address or handle',
    examples: ['alice'],
  }),
  password: z
    .string()
    .min(1)
    .max(1024)
    .meta({ format: 'password', description: 'Never trimmed or cut', examples: ['correct horse battery'] }),
});
export type Login = z.infer<typeof Login>;

export const SignInResult = z
  .object({ ...Tokens.shape, user: Me })
  .meta({ id: 'SignInResult', description: 'A new session' });
export type SignInResult = z.infer<typeof SignInResult>;

export const RefreshRequest = z.strictObject({ refreshToken: RefreshToken });

export const Session = z
  .object({
    id: Id,
    deviceName: z.string().meta({
      description: 'The browser and its system, or what another client called itself',
      examples: ['Firefox on Linux'],
    }),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.meta({ description: 'When its tokens were last refreshed' }),
    current: z.boolean().meta({ description: 'The session that asks', examples: [true] }),
  })
  .meta({ id: 'Session', description: 'A place where one is signed in' });
export type Session = z.infer<typeof Session>;

export const SessionListInput = z.strictObject({ ...pageInput });
export type SessionListInput = z.infer<typeof SessionListInput>;

export const SessionPage = Page(Session);

export const SessionRef = z.strictObject({ sessionId: Id });

export const PasswordChange = z.strictObject({
  currentPassword: Login.shape.password,
  newPassword: Password,
});
export type PasswordChange = z.infer<typeof PasswordChange>;
