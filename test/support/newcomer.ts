import { codeOf } from './refusal.ts';
import type { World } from './world.ts';

/** Input of a sign-up. */
export const newcomer = (handle: string, inviteCode?: string) => ({
  handle,
  email: `${handle}@example.org`,
  displayName: 'New Comer',
  password: 'a bench under snow',
  ...(inviteCode === undefined ? {} : { inviteCode }),
});

/** The code of the response, `ok` for success. Retries while the server is too busy to hash passwords, as clients do. */
export async function signUpPatiently(at: World, person: ReturnType<typeof newcomer>): Promise<string> {
  for (;;) {
    const code = await codeOf(at.anonymous.users.register(person));
    if (code !== 'overloaded') return code;
  }
}
