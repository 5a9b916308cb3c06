import { afterEach, expect, vi } from 'vitest';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import { readHeicCase } from '../imaging/heifWriter.ts';
import { testWith } from '../support/fixtures.ts';
import { WIDE_LIMITS } from '../support/host.ts';
import { makePhotograph } from '../support/photograph.ts';
import { signedUp } from './people.ts';

const heic = readHeicCase('18-iphone-like.heic');
const test = testWith({ settings: { ...WIDE_LIMITS, acceptsHeic: false } });
const testWithDecoder = testWith({ settings: { ...WIDE_LIMITS, acceptsHeic: isHeicAvailable } });

afterEach(() => vi.unstubAllGlobals());

/** What a browser has that shows HEIC, by shape: the picture that it reads is always this JPEG. */
function stubBrowser(jpeg: Buffer, size = { width: 8000, height: 6000 }) {
  const drawn: { width: number; height: number; colorSpace?: string; isClosed?: boolean }[] = [];
  vi.stubGlobal('createImageBitmap', async (photo: Blob) => {
    expect(photo.type).toBe('image/heic');
    expect(Buffer.from(await photo.arrayBuffer()).equals(heic)).toBe(true);
    return { ...size, close: () => Object.assign(drawn[0]!, { isClosed: true }) };
  });
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      constructor(width: number, height: number) {
        drawn.push({ width, height });
      }
      getContext(_kind: string, { colorSpace }: { colorSpace: string }) {
        Object.assign(drawn[0]!, { colorSpace });
        return { drawImage: () => {} };
      }
      convertToBlob = async ({ type }: { type: string }) => new Blob([new Uint8Array(jpeg)], { type });
    },
  );
  return drawn;
}

test('HEIC is refused in words for people where neither server nor platform can read it', async ({
  host,
}) => {
  const alice = await signedUp(host, 'alice');
  await expect(alice.upload(heic)).rejects.toMatchObject({
    code: 'unsupported_media_type',
    status: 415,
    message: "This is HEIC, which can't be converted here; send JPEG, PNG, WebP or AVIF",
    errors: [{ field: 'contentType' }],
  });
  expect((await alice.media.list()).items).toEqual([]);
});

test('HEIC becomes JPEG in a browser that shows it, within the size of a canvas', async ({ host, world }) => {
  const bob = await signedUp(host, 'bob');
  const drawn = stubBrowser(await makePhotograph(7, { width: 80, height: 60 }));
  const mediaId = await bob.upload(new Blob([new Uint8Array(heic)]));
  await world.drain();
  expect(await bob.media.get({ mediaId })).toMatchObject({ status: 'completed', width: 80, height: 60 });
  expect(drawn).toEqual([{ width: 4619, height: 3464, colorSpace: 'display-p3', isClosed: true }]);
});

test('HEIC that the browser cannot read either is refused in the same words', async ({ host }) => {
  const carol = await signedUp(host, 'carol');
  vi.stubGlobal('createImageBitmap', async () =>
    Promise.reject(new Error('The source image could not be decoded')),
  );
  vi.stubGlobal('OffscreenCanvas', class {});
  await expect(carol.upload(heic)).rejects.toMatchObject({ code: 'unsupported_media_type', status: 415 });
});

testWithDecoder.runIf(isHeicAvailable)(
  'HEIC is sent as it is where the server decodes it',
  async ({ host, world }) => {
    const dora = await signedUp(host, 'dora');
    const mediaId = await dora.upload(heic);
    await world.drain();
    expect(await dora.media.get({ mediaId })).toMatchObject({ status: 'completed', width: 320, height: 240 });
  },
);
