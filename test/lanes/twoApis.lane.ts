import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DataFolder, makeDataFolder } from '../support/dataFolder.ts';
import { newcomer } from '../support/newcomer.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type Services, startServices } from '../support/services.ts';
import { inviteFrom, type Visitor, signUp as visit } from '../support/visit.ts';

const AT_ONCE = 50;

let services: Services;
let folder: DataFolder;
let environment: Record<string, string>;
let survivor: Program;
beforeAll(async () => {
  services = await startServices();
  folder = await makeDataFolder();
  environment = { ...services.forDatabase, ...services.forApi, DATA_DIR: folder.path };
  survivor = await startProgram('server/main.ts', environment);
});
afterAll(async () => {
  await survivor.stop();
  await services.close();
  await folder[Symbol.asyncDispose]();
});

/** Status and body; status zero when there was no response. */
async function post({ url }: Program, path: string, body: object): Promise<[number, Record<string, string>]> {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(`${url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return [response.status, (await response.json()) as Record<string, string>];
  } catch {
    return [0, {}];
  }
}

describe('fifty sign-ups at once on one invite over two APIs', () => {
  /** Asks again while the API is too busy to hash passwords, as clients do. */
  async function signUp(api: Program, code: string, handle: string): Promise<number> {
    for (;;) {
      const [status] = await post(api, '/users', newcomer(handle, code));
      if (status !== 503) return status;
      await sleep(100);
    }
  }

  async function countFor(code: string, racer: string) {
    const operator = postgres(services.databaseUrl, { max: 1 });
    const [counted] = await operator`
      select uses, (select count(*)::int from invite_redemptions where code = invites.code) as redemptions,
        (select count(*)::int from users where handle like ${`${racer}%`}) as users,
        (select count(*)::int from credentials join users on id = user_id where handle like ${`${racer}%`}) as credentials
      from invites where code = ${code}`;
    await operator.end();
    return counted!;
  }

  const equal = (uses: number) => ({ uses, redemptions: uses, users: uses, credentials: uses });

  test.each([
    [3, 1],
    [25, 3],
    [25, 20],
  ])(
    'of %i uses leave as many users as uses, one API killed at the answer number %i',
    async (uses, killedAt) => {
      const victim = await startProgram('server/main.ts', environment);
      const code = await inviteFrom(survivor.url, undefined, uses);
      const racer = `racer_${uses}_${killedAt}_`;
      let answered = 0;
      const statuses = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, n) => {
          const status = await signUp([survivor, victim][n % 2]!, code, `${racer}${n}`);
          answered += 1;
          if (answered === killedAt) victim.kill('SIGKILL');
          return status;
        }),
      );
      await victim.ended;
      // Created, without a response, or too late for the invite.
      expect(statuses.filter((status) => ![201, 0, 400].includes(status))).toEqual([]);
      const counted = await countFor(code, racer);
      expect(counted).toEqual(equal(counted.uses));
      expect(counted.uses).toBeGreaterThanOrEqual(statuses.filter((status) => status === 201).length);
      // What is left of the invite lets in exactly as many as it says.
      for (let n = AT_ONCE; (await signUp(survivor, code, `${racer}${n}`)) === 201; n++);
      expect(await countFor(code, racer)).toEqual(equal(uses));
    },
  );
});

describe('a refresh token', () => {
  let visitor: Visitor;
  let visitors = 0;
  const tokenOf = async () => (await visitor.ciel.session.get())!.refreshToken;
  beforeEach(async () => {
    visitor = await visit(survivor.url, await inviteFrom(survivor.url), `visitor_${++visitors}`);
  });

  test('sent twenty times at once to two APIs has one valid successor', async () => {
    await using other = await startProgram('server/main.ts', environment);
    const refreshToken = await tokenOf();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post([survivor, other][n % 2]!, '/auth/refresh', { refreshToken }),
      ),
    );
    expect(answers.map(([status]) => status)).toEqual(Array(20).fill(200));
    const successors = new Set(answers.map(([, tokens]) => tokens.refreshToken));
    expect(successors.size).toBe(1);
    const [successor] = successors;
    expect((await post(other, '/auth/refresh', { refreshToken: successor }))[0]).toBe(200);
  });

  test('of which an API died between commit and reply is good for the same successor', async () => {
    const refreshToken = await tokenOf();
    const crashing = await startProgram('test/support/crashingProgram.ts', {
      ...environment,
      DIES_AT: 'written',
    });
    expect(await post(crashing, '/auth/refresh', { refreshToken })).toEqual([0, {}]);
    await crashing.ended;
    const operator = postgres(services.databaseUrl, { max: 1 });
    expect(await operator`select generation, revoked_at from sessions where user_id = ${visitor.id}`).toEqual(
      [{ generation: 1, revoked_at: null }],
    );
    await operator.end();
    const [first, second] = [
      await post(survivor, '/auth/refresh', { refreshToken }),
      await post(survivor, '/auth/refresh', { refreshToken }),
    ];
    expect([first[0], second[0]]).toEqual([200, 200]);
    expect(second[1].refreshToken).toBe(first[1].refreshToken);
    expect((await post(survivor, '/auth/refresh', { refreshToken: first[1].refreshToken! }))[0]).toBe(200);
  });
});
