import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { type DataFolder, makeDataFolder } from '../support/dataFolder.ts';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { startRedis } from '../support/redis.ts';
import { type Services, startServices } from '../support/services.ts';
import { inviteFrom, PASSWORD, signUp, takeWholePath, untilInFeed, type Visitor } from '../support/visit.ts';

const redis = await startRedis('the program without its Redis');

describe.runIf(redis)('without its Redis', () => {
  let services: Services;
  let folder: DataFolder;
  let proxy: FaultProxy;
  let program: Program;
  let author: Visitor;
  let reader: Visitor;
  let paths: string[];
  let before: unknown[];

  const start = (redisUrl: string) =>
    startProgram('server/main.ts', {
      ...services.forDatabase,
      ...services.forApi,
      APP_MODE: 'combined',
      DATA_DIR: folder.path,
      REDIS_URL: redisUrl,
    });

  beforeAll(async () => {
    services = await startServices();
    folder = await makeDataFolder();
    proxy = await startFaultProxy(redis!.port);
    program = await start(`redis://127.0.0.1:${proxy.port}`);
    const path = await takeWholePath(program.url);
    ({ author, reader } = path);
    const { id } = author;
    paths = [
      '/v1/feed',
      '/v1/auth/me',
      `/v1/users/${id}`,
      `/v1/users/${id}/followers`,
      `/v1/users/${id}/posts`,
      `/v1/posts/${path.post.id}`,
      '/v1/posts/00000000-0000-7000-8000-000000000000',
      '/v1/feed?limit=0',
    ];
    // Its pictures move to their public place a moment after the post.
    await vi.waitUntil(async () => !JSON.stringify(await answersOf(program)).includes('/media/'), 10_000);
    before = await answersOf(program);
    expect(before).toMatchObject([
      ...paths.slice(0, 6).map(() => ({ status: 200 })),
      { status: 404 },
      { status: 400 },
    ]);
  });

  afterAll(async () => {
    await program.stop();
    await Promise.all([proxy.close(), services.close(), redis!.stop()]);
    await folder[Symbol.asyncDispose]();
  });

  async function answersOf({ url }: Program): Promise<unknown[]> {
    const { accessToken } = (await reader.ciel.session.get())!;
    const headers = { authorization: `Bearer ${accessToken}` };
    const responses = await Promise.all(paths.map((path) => fetch(`${url}${path}`, { headers })));
    return Promise.all(
      responses.map(async (response) => {
        const text = (await response.text()).replaceAll(new URL(url).port, 'PORT');
        const { requestId: _, ...body } = JSON.parse(text, withoutLaterVariants) as Record<string, unknown>;
        return { status: response.status, body };
      }),
    );
  }

  /** Writes, and sees them in what is read next. */
  async function liveOn(): Promise<void> {
    const { items } = await author.ciel.posts.byUser({ userId: author.id });
    await reader.ciel.social.mute({ userId: author.id });
    expect((await reader.ciel.feed.home()).items).toEqual([]);
    await reader.ciel.social.unmute({ userId: author.id });
    await untilInFeed(reader, items[0]!.id);
  }

  const faults: [string, () => Promise<void>][] = [
    ['gone', () => proxy.set({ kind: 'refused' })],
    ['a black hole', () => proxy.set({ kind: 'silent' })],
    ['slow', () => proxy.set({ kind: 'slow', latencyMs: 300 })],
    ['cut off', async () => proxy.cut()],
    ['flushed', () => flush()],
  ];

  test.each(faults)('which is %s, it returns the same, and everything works', async (_, fault) => {
    await fault();
    const answers = await Promise.all([answersOf(program), answersOf(program), answersOf(program)]);
    expect(answers).toEqual([before, before, before]);
    await liveOn();
    await expectRevocationToHold();
    await proxy.set({ kind: 'none' });
    await expect.poll(() => stateOfCache(program)).toBe('ok');
    expect(await answersOf(program)).toEqual(before);
  });

  test('which was never available, it starts and returns the same', async () => {
    await using other = await start(`redis://127.0.0.1:${await freePort()}`);
    expect(await answersOf(other)).toEqual(before);
    expect(await stateOfCache(other)).toBe('degraded');
    await signUp(other.url, await inviteFrom(other.url), 'newcomer');
  });

  async function flush(): Promise<void> {
    const client = new Redis(redis!.url);
    await client.flushall();
    await client.quit();
  }

  /** An access token of an ended session is refused, wherever the end is remembered. */
  async function expectRevocationToHold(): Promise<void> {
    const ciel = createCiel({ url: program.url });
    await ciel.signIn(author.handle, PASSWORD);
    const { accessToken, refreshToken } = (await ciel.session.get())!;
    const status = async () => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await fetch(`${program.url}/v1/auth/me`, { headers })).status;
    };
    expect(await status()).toBe(200);
    await ciel.auth.revoke({ refreshToken });
    await expect.poll(status).toBe(401);
  }
});

/** AVIF joins the other variants at a time of its own. */
const withoutLaterVariants = (key: string, value: unknown) =>
  key === 'variants' ? (value as { type: string }[]).filter(({ type }) => type !== 'image/avif') : value;

async function stateOfCache({ url }: Program): Promise<string> {
  const response = await fetch(`${url}/health/ready`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { dependencies: { cache: string } }).dependencies.cache;
}
