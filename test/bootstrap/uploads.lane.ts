import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { createCiel, type Progress } from '../../sdk/src/index.ts';
import { makeDataFolder } from '../support/dataFolder.ts';
import { freePort, startProgram } from '../support/program.ts';
import { GENEROUS, inviteFrom, PASSWORD, SECRETS, signUp } from '../support/visit.ts';

const PART = 8 * 1024 ** 2;
const SIDE = 2600;

let photo: Uint8Array;
beforeAll(async () => {
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  const png = sharp(randomBytes(SIDE * SIDE * 3), { raw }).png({ compressionLevel: 0 });
  photo = new Uint8Array(await png.toBuffer());
  expect(photo.length).toBeGreaterThan(2 * PART);
});

const environmentOf = async (path: string) => ({
  DATA_DIR: path,
  HTTP_ADDR: `127.0.0.1:${await freePort()}`,
  LOG_LEVEL: 'silent',
  ...GENEROUS,
  ...SECRETS,
});

/** A client that calls `onPart` with the status of each part that was sent. */
async function uploader(url: string, onPart: (status: number) => void) {
  await signUp(url, await inviteFrom(url), 'alice');
  const ciel = createCiel({
    url,
    fetch: (async (input, init) => {
      const response = await fetch(input, init);
      if (String(input).includes('/files/part/')) onPart(response.status);
      return response;
    }) as typeof fetch,
  });
  await ciel.signIn('alice', PASSWORD);
  return ciel;
}

/** Keeps what was shown, and that it never went back. */
function watched() {
  const shown: number[] = [];
  const onProgress = ({ sent }: Progress) => {
    expect(sent).toBeGreaterThanOrEqual(shown.at(-1) ?? 0);
    shown.push(sent);
  };
  return { shown, onProgress };
}

test('a large upload goes on when the program is killed between its parts, and loses none', async () => {
  await using folder = await makeDataFolder();
  const environment = await environmentOf(folder.path);
  let program = await startProgram('server/main.ts', environment);
  await using _whichever = { [Symbol.asyncDispose]: async () => void (await program.stop()) };
  let restarted: Promise<void> | null = null;
  let arrived = 0;
  const ciel = await uploader(program.url, (status) => {
    if (status !== 200) return;
    arrived += 1;
    restarted ??= killAndStart();
  });
  async function killAndStart(): Promise<void> {
    program.kill('SIGKILL');
    await program.ended;
    program = await startProgram('server/main.ts', environment);
  }
  const { shown, onProgress } = watched();
  const mediaId = await ciel.upload(photo, { onProgress, wait: true });
  await restarted;
  expect(shown.at(-1)).toBe(photo.length);
  // A part that was there before a kill is not sent again.
  expect(arrived).toBeLessThanOrEqual(Math.ceil(photo.length / PART));
  expect(await ciel.media.get({ mediaId })).toMatchObject({ status: 'completed', width: SIDE, height: SIDE });
});

/** A small file system of its own, as only root may have it, and not everywhere; null otherwise. */
async function mountSmall(path: string, bytes: number) {
  await mkdir(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return { [Symbol.asyncDispose]: async () => void execFileSync('umount', ['-l', path]) };
}

test('a large upload goes on when the disk was full for a while, and loses no part', async (context) => {
  await using folder = await makeDataFolder();
  const files = join(folder.path, 'files');
  await using small = await mountSmall(files, 4 * photo.length);
  if (!small) return context.skip('only root can mount a small file system, and not in every container');
  await using program = await startProgram('server/main.ts', await environmentOf(folder.path));
  const ballast = join(files, 'ballast');
  await writeFile(ballast, new Uint8Array(3.5 * photo.length));
  const statuses: number[] = [];
  const ciel = await uploader(program.url, (status) => {
    statuses.push(status);
    if (status === 507) void rm(ballast, { force: true });
  });
  const { shown, onProgress } = watched();
  const mediaId = await ciel.upload(photo, { onProgress, wait: true });
  expect(statuses).toContain(507);
  expect(statuses.filter((status) => status === 200)).toHaveLength(Math.ceil(photo.length / PART));
  expect(shown.at(-1)).toBe(photo.length);
  expect(await ciel.media.get({ mediaId })).toMatchObject({ status: 'completed', width: SIDE, height: SIDE });
});
