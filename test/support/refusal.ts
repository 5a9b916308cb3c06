import { TRPCError } from '@trpc/server';
import { problemOf } from '../../server/core/procedures.ts';

/** What a client learns of a call that was refused; throws when it was not, or for a failure that is no refusal. */
export async function refusal(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw error;
  const { code, message, errors } = problemOf(error);
  if (code === 'internal') throw error;
  return { code, message, errors };
}

/** The code alone, for calls that may also go well. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    async () => (await refusal(call)).code,
  );
