import { type App, inTransaction } from '../../core/app.ts';
import { badField } from '../../core/errors.ts';
import { type Client, createCredentials, openSession } from '../auth/public.ts';
import { recordSignup, requireUnblockedDevice } from '../fingerprint/public.ts';
import { consumeInvite, requireValidInvite } from '../invites/public.ts';
import { createUser, presentMe, refuseReserved } from '../users/public.ts';
import type { Registration } from './contract.ts';

/** The user, the invite's use and the first session come into being together or not at all. */
export async function register(app: App, client: Client, registration: Registration) {
  const { password, inviteCode, bio = '', fingerprint, ...person } = registration;
  refuseReserved(person.handle);
  if (inviteCode === undefined && app.settings.signupMode === 'invite')
    throw badField('inviteCode', 'is required to sign up');
  if (fingerprint !== undefined) await requireUnblockedDevice(app, fingerprint);
  if (inviteCode !== undefined) await requireValidInvite(app, inviteCode);
  return inTransaction(app, async (app) => {
    const userId = await createUser(app, { ...person, bio });
    await createCredentials(app, userId, password);
    // Last, because until the commit all others on this device, or with this code, wait for it.
    if (fingerprint !== undefined) await recordSignup(app, userId, client.deviceName, fingerprint);
    if (inviteCode !== undefined) await consumeInvite(app, inviteCode, userId);
    const tokens = await openSession(app, userId, client);
    return { ...tokens, user: await presentMe(app, userId) };
  });
}
