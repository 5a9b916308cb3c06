import { z } from 'zod';
import { Id, Page, Password, pageInput, Text, Timestamp } from '../../core/fields.ts';
import { Me } from '../users/contract.ts';

const AccessToken = z.string().meta({
  description: 'Sent as `Authorization: Bearer …`',
  examples: ['v4.public.eyJzdWIiOiIwMTk5M2E0ZSJ9bWFkZSBvZiBzaXh0eS1mb3VyIGJ5dGVz'],
});

const RefreshToken = z.string().meta({
  description: 'Works for one refresh, which returns its successor',
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
  .meta({ id: 'Tokens', description: 'The tokens of a session' });
export type Tokens = z.infer<typeof Tokens>;

export const Login = z.strictObject({
  identifier: Text({ min: 1, max: 254 }).meta({
    description: 'Email address or handle',
    examples: ['alice'],
  }),
  password: z
    .string()
    .min(1)
    .max(1024)
    .meta({
      format: 'password',
      description: 'Never trimmed or truncated',
      examples: ['correct horse battery'],
    }),
});
export type Login = z.infer<typeof Login>;

export const SignInResult = z
  .object({ ...Tokens.shape, user: Me })
  .meta({ id: 'SignInResult', description: 'The tokens of a new session, and its user' });
export type SignInResult = z.infer<typeof SignInResult>;

export const RefreshRequest = z.strictObject({ refreshToken: RefreshToken });

export const Session = z
  .object({
    id: Id,
    deviceName: z.string().meta({
      description: 'Browser and operating system, or the name that the client gave itself',
      examples: ['Firefox on Linux'],
    }),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.meta({ description: 'Time of the last token refresh' }),
    current: z.boolean().meta({ description: 'Whether this session made the request', examples: [true] }),
  })
  .meta({ id: 'Session', description: 'An active session' });
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
