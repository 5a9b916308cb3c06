import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { makePhotograph } from '../support/photograph.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { seededRandom } from '../support/random.ts';
import { startServices } from '../support/services.ts';
import { GENEROUS, inviteFrom, PASSWORD, SECRETS, signUp, type Visitor } from '../support/visit.ts';

const FAST_REDELIVERY = 'test/support/fastRedelivery.ts';

async function killed(program: Program): Promise<void> {
  program.kill('SIGKILL');
  await program.ended;
}

/** Posts photographs until the server is gone; remembers every post that was acknowledged. */
async function postUntilTheEnd({ ciel }: Visitor, photo: Buffer, acknowledged: string[]): Promise<void> {
  try {
    for (;;) {
      const mediaId = await ciel.upload(photo);
      acknowledged.push((await ciel.posts.create({ mediaIds: [mediaId], visibility: 'public' })).id);
    }
  } catch {
    return;
  }
}

describe('killed without a warning', { timeout: 120_000 }, () => {
  test('the program has every acknowledged post after its next start, processed and in the feeds', async () => {
    await using folder = await makeDataFolder();
    const environment = {
      DATA_DIR: folder.path,
      HTTP_ADDR: `127.0.0.1:${await freePort()}`,
      LOG_LEVEL: 'silent',
      ...GENEROUS,
      ...SECRETS,
    };
    const first = await startProgram(FAST_REDELIVERY, environment);
    const code = await inviteFrom(first.url);
    const author = await signUp(first.url, code, 'author');
    const reader = await signUp(first.url, code, 'reader');
    await reader.ciel.social.follow({ userId: author.id });
    const sessions = await signInOften(first.url, 'author', 6);

    const acknowledged: string[] = [];
    const photo = await makePhotograph(5, { width: 1600, height: 1200 });
    const writing = Array.from({ length: 3 }, () => postUntilTheEnd(author, photo, acknowledged));
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(8);
    const renewals = sessions.map((refreshToken) => renewed(first.url, refreshToken));
    await sleep(seededRandom(5)() * 30);
    await killed(first);
    await Promise.all([...writing, ...renewals]);

    await using second = await startProgram(FAST_REDELIVERY, environment);
    // A process that PostgreSQL has just forked bears its parent's command line for a moment.
    await expect.poll(() => postgresOn(folder.path)).toHaveLength(1);
    const inFeed = async () => {
      await reader.ciel.feed.refresh();
      const { items } = await reader.ciel.feed.home({ limit: 200 });
      return items.filter(({ id }) => acknowledged.includes(id)).map(({ id }) => id);
    };
    await expect.poll(async () => (await inFeed()).sort(), { timeout: 60_000 }).toEqual(acknowledged.sort());
    const { items } = await reader.ciel.feed.home({ limit: 200 });
    for (const { media } of items) expect(media).toMatchObject([{ status: 'completed' }]);
    // Whether or not the refresh was committed before the crash, the current token still works.
    const again = await Promise.all(sessions.map((refreshToken) => renewed(second.url, refreshToken)));
    expect(again).toEqual(sessions.map(() => 200));
  });

  test('a worker leaves its job to the next one', async () => {
    await using folder = await makeDataFolder();
    const services = await startServices();
    const { forDatabase, forApi } = services;
    const forWorker = { ...forDatabase, APP_MODE: 'worker', DATA_DIR: folder.path };
    await using api = await startProgram('server/main.ts', {
      ...forDatabase,
      ...forApi,
      DATA_DIR: folder.path,
    });
    const { ciel } = await signUp(api.url, await inviteFrom(api.url), 'author');
    const first = await startProgram(FAST_REDELIVERY, forWorker);
    const uploadId = await ciel.upload(await makePhotograph(8, { width: 6000, height: 4500 }));
    const status = async () => (await ciel.media.status({ uploadId })).status;
    await expect.poll(status, { timeout: 20_000, interval: 5 }).toBe('processing');
    await killed(first);
    expect(await status()).toBe('processing');

    await using _second = await startProgram(FAST_REDELIVERY, forWorker);
    await expect.poll(status, { timeout: 30_000 }).toBe('completed');
    await services.close();
  });
});

const signInOften = (url: string, identifier: string, times: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: times }, async () => {
      const ciel = createCiel({ url });
      await ciel.signIn(identifier, PASSWORD);
      return (await ciel.session.get())!.refreshToken;
    }),
  );

/** Status of the response; zero when there was none. */
async function renewed(url: string, refreshToken: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ refreshToken });
  return fetch(`${url}/v1/auth/refresh`, { method: 'POST', headers, body }).then(
    (response) => response.status,
    () => 0,
  );
}
