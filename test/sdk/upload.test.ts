import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { createCiel as createPlain, type Photograph } from '../../sdk/src/index.ts';
import { createCiel, fileStore } from '../../sdk/src/node.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { makePhotograph } from '../support/photograph.ts';
import { PASSWORD, signedUp, troubledLine } from './people.ts';

let host: Host;
let folder: string;
let photo: Buffer;
const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(async ({ host: hostOfFile }) => {
  host = hostOfFile;
  folder = await mkdtemp(join(tmpdir(), 'ciel-sdk-'));
  photo = await makePhotograph(1, { width: 1200, height: 900 });
  await writeFile(join(folder, 'river.jpg'), photo);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const web = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);

describe('a photograph can be', () => {
  const forms: [name: string, form: () => Photograph][] = [
    ['a File', () => new File([new Uint8Array(photo)], 'river.jpg', { type: 'image/jpeg' })],
    ['a Blob without a type', () => web(photo)],
    ['a Buffer', () => photo],
    ['an ArrayBuffer', () => new Uint8Array(photo).buffer],
    ['a stream of the web', () => web(photo).stream()],
    ['a stream of Node', () => createReadStream(join(folder, 'river.jpg'))],
  ];

  test('a file, a blob, bytes, a stream or a path, and is one photograph whichever it was', async () => {
    const alice = await signedUp(host, 'alice');
    const ids = [];
    for (const [, form] of forms) ids.push(await alice.upload(form()));
    const node = createCiel({ url: host.url });
    await node.signIn('alice', PASSWORD);
    ids.push(await node.upload(join(folder, 'river.jpg')));
    expect(new Set(ids).size).toBe(1);
    expect((await alice.media.list()).items).toHaveLength(1);
  });

  test('sent only once, with the progress at its end', async () => {
    const line = troubledLine();
    const bob = await signedUp(host, 'bob', { fetch: line.fetch });
    const first = await bob.upload(photo);
    line.requests.length = 0;
    const progress: number[] = [];
    expect(await bob.upload(photo, { onProgress: ({ sent, total }) => progress.push(sent / total) })).toBe(
      first,
    );
    expect(line.requests.map(({ url }) => new URL(url).pathname)).toEqual(
      ['/trpc/media.upload', '/trpc/media.complete'].slice(0, 1),
    );
    expect(progress).toEqual([1]);
  });
});

describe('an upload', () => {
  test('restarts when the connection breaks, and makes one photograph', async () => {
    const line = troubledLine();
    const carol = await signedUp(host, 'carol', { fetch: line.fetch });
    let broken = 2;
    line.trouble = async (url, init) => {
      if (!url.includes('/files/') || broken === 0) return undefined;
      broken -= 1;
      const reader = (init!.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await reader.cancel();
      throw new TypeError('fetch failed');
    };
    const sent: number[] = [];
    const other = await makePhotograph(2, { width: 900, height: 900 });
    await carol.upload(other, { onProgress: (progress) => sent.push(progress.sent) });
    expect(line.requests.filter(({ url }) => url.includes('/files/'))).toHaveLength(3);
    expect(sent.at(-1)).toBe(other.length);
    expect((await carol.media.list()).items).toHaveLength(1);
  });

  test('whose answer was lost is not sent to the end of the world', async () => {
    const line = troubledLine();
    const dora = await signedUp(host, 'dora', { fetch: line.fetch });
    line.loseAnswers('/files/', 1);
    const mediaId = await dora.upload(await makePhotograph(3));
    await host.drain();
    expect(await dora.media.get({ mediaId })).toMatchObject({ status: 'completed' });
  });

  test('waits while another request sends the same file, which the store refuses as it does one that has arrived', async () => {
    const line = troubledLine();
    const hugo = await signedUp(host, 'hugo', { fetch: line.fetch });
    line.refuse('/files/', 3, () => new Response('', { status: 409 }));
    const other = await makePhotograph(6);
    const sent: number[] = [];
    const mediaId = await hugo.upload(other, { onProgress: (progress) => sent.push(progress.sent) });
    expect(sent.at(-1)).toBe(other.length);
    expect(line.requests.filter(({ url }) => url.includes('media.upload'))).toHaveLength(1);
    await host.drain();
    expect(await hugo.media.get({ mediaId })).toMatchObject({ status: 'completed' });
  });

  test('whose ticket has ended gets another', async () => {
    const line = troubledLine();
    const erin = await signedUp(host, 'erin', { fetch: line.fetch });
    line.refuse('/files/', 1, () => new Response('', { status: 403 }));
    const mediaId = await erin.upload(await makePhotograph(4));
    expect(line.requests.filter(({ url }) => url.includes('media.upload'))).toHaveLength(2);
    expect((await erin.media.list()).items.map(({ id }) => id)).toEqual([mediaId]);
  });

  test('of a file that is not a photograph is refused with the reason', async () => {
    const frank = await signedUp(host, 'frank');
    await expect(frank.upload(Buffer.from('no photograph'))).rejects.toMatchObject({
      code: 'unsupported_media_type',
      errors: [{ field: 'contentType' }],
    });
    await expect(frank.upload(new Uint8Array(0))).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('ends while it waits for the worker, when asked to', async () => {
    const gina = await signedUp(host, 'gina');
    const abort = new AbortController();
    const upload = gina.upload(await makePhotograph(5), { wait: true, signal: abort.signal });
    setTimeout(() => abort.abort(), 400);
    await expect(upload).rejects.toMatchObject({ code: 'aborted' });
  });
});

test('a program keeps its session in a file of its own', async () => {
  const path = join(folder, 'deep', 'session.json');
  const first = createCiel({ url: host.url, store: fileStore(path) });
  await first.signUp({ handle: 'hans', displayName: 'H', email: 'hans@example.org', password: PASSWORD });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const second = createPlain({ url: host.url, store: fileStore(path) });
  expect(await second.auth.me()).toMatchObject({ handle: 'hans' });
  await second.signOut();
  await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' });
});
