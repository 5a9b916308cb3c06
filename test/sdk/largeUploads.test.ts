import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, describe, expect, vi } from 'vitest';
import { type CielOptions, createCiel, type Progress, webStore } from '../../sdk/src/index.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { signedUp, type Trouble, troubledLine } from './people.ts';

const MIB = 1024 ** 2;
const PART = 8 * MIB;

let host: Host;
let line: Awaited<ReturnType<typeof startLine>>;
const test = testWith({ settings: { ...WIDE_LIMITS, uploadMaxBytes: 50 * MIB } });
test.beforeAll(async ({ host: hostOfFile }) => {
  host = hostOfFile;
  line = await startLine();
});
afterEach(() => {
  line.repair();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
afterAll(() => line.close());

/** What begins like a photograph: nothing here waits until it is looked at closely. */
function photograph(bytes: number): Buffer {
  const file = randomBytes(bytes);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(file);
  return file;
}

/** A line to the server that is cut for good after so many bytes of bodies, until it is repaired. */
async function startLine() {
  let target = 0;
  let carried = 0;
  let most = Number.POSITIVE_INFINITY;
  const server: Server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    upstream.pipe(client);
    client.on('data', (bytes: Buffer) => {
      carried += bytes.length;
      if (carried > most) end();
      else upstream.write(bytes);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port: own } = server.address() as { port: number };
  return {
    carried: () => carried,
    cutAfter(bytes: number) {
      most = carried + bytes;
    },
    repair() {
      most = Number.POSITIVE_INFINITY;
    },
    /** Takes bodies over this line, and everything else directly. */
    fetch: ((input, init) => {
      const url = new URL(String(input));
      if (url.pathname.startsWith('/files/')) {
        target = Number(url.port);
        url.port = String(own);
      }
      return fetch(url, init);
    }) as typeof fetch,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
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

const puts = (line: ReturnType<typeof troubledLine>) =>
  line.requests.filter(({ url }) => url.includes('/files/'));
const partsIn = (line: ReturnType<typeof troubledLine>) =>
  puts(line).filter(({ url }) => url.includes('/part/'));

async function stored(mediaId: string): Promise<string> {
  const rows = await host.app.db.execute(sql`select upload_key from media where id = ${mediaId}`);
  return String([...rows][0]!.upload_key);
}

const requireStored = async (mediaId: string, photo: Buffer) =>
  expect((await host.app.storage.read(await stored(mediaId), photo.length)).equals(photo)).toBe(true);

describe('a large photograph', () => {
  test('goes on after a connection that was cut at 80 %, and sends little again', async () => {
    const photo = photograph(50 * MIB);
    const alice = await signedUp(host, 'alice', { fetch: line.fetch });
    const { shown, onProgress } = watched();
    const before = line.carried();
    line.cutAfter(0.8 * photo.length);
    const sending = alice.upload(photo, { onProgress });
    await expect.poll(() => line.carried() - before, { timeout: 60_000 }).toBeGreaterThan(0.8 * photo.length);
    line.repair();
    const mediaId = await sending;
    const again = line.carried() - before - photo.length;
    expect(again).toBeLessThan(4 * PART);
    expect(shown.at(-1)).toBe(photo.length);
    await requireStored(mediaId, photo);
  });

  test('goes on after a reload with the parts that are missing, and its progress does not go back', async () => {
    const photo = photograph(4 * PART + 1000);
    const storage = memory();
    const options: Partial<CielOptions> = { store: webStore('ciel', storage) };
    const bob = await signedUp(host, 'bob', options);
    const { shown, onProgress } = watched();
    const abort = new AbortController();
    const reload = ({ sent, total }: Progress) => {
      onProgress({ sent, total });
      // More than can be in flight: a part has arrived.
      if (sent > 3.2 * PART) abort.abort();
    };
    await expect(bob.upload(photo, { onProgress: reload, signal: abort.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(storage.keys()).toEqual(['ciel', 'ciel.uploads']);
    const troubled = troubledLine();
    const reloaded = createCiel({ url: host.url, ...options, fetch: troubled.fetch });
    const mediaId = await reloaded.upload(new Blob([new Uint8Array(photo)]), { onProgress });
    expect(partsIn(troubled).length).toBeLessThan(5);
    expect(shown.at(-1)).toBe(photo.length);
    expect(storage.keys()).toEqual(['ciel']);
    await requireStored(mediaId, photo);
  });

  test('goes on where the platform computes no digest', async () => {
    const photo = photograph(4 * PART);
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    const isPhoto = (data: ArrayBuffer | ArrayBufferView) => data.byteLength === photo.length;
    vi.spyOn(crypto.subtle, 'digest').mockImplementation((name, data) =>
      isPhoto(data) ? (undefined as never) : digest(name, data),
    );
    const file = () => new File([new Uint8Array(photo)], 'river.png', { lastModified: 1 });
    const troubled = troubledLine();
    const carol = await signedUp(host, 'carol', { fetch: troubled.fetch });
    const abort = new AbortController();
    const onProgress = ({ sent }: Progress) => sent > 3.2 * PART && abort.abort();
    await expect(carol.upload(file(), { onProgress, signal: abort.signal })).rejects.toThrow('aborted');
    troubled.requests.length = 0;
    const mediaId = await carol.upload(file());
    expect(partsIn(troubled).length).toBeLessThan(4);
    expect((await carol.media.list()).items.map(({ id }) => id)).toEqual([mediaId]);
    await requireStored(mediaId, photo);
    // Afterwards it is forgotten: the same file is a new photograph, as it is with small ones.
    expect(await carol.upload(file())).not.toBe(mediaId);
  });

  test('gets new URLs when its own have ended', async () => {
    const photo = photograph(2 * PART);
    const troubled = troubledLine();
    const dora = await signedUp(host, 'dora', { fetch: troubled.fetch });
    troubled.refuse('/part/', 2, () => new Response('', { status: 403 }));
    await requireStored(await dora.upload(photo), photo);
    expect(troubled.requests.filter(({ url }) => url.includes('media.upload'))).toHaveLength(1);
  });

  test('asks what has arrived when a part is refused because another request sends it', async () => {
    const photo = photograph(2 * PART);
    const troubled = troubledLine();
    const karl = await signedUp(host, 'karl', { fetch: troubled.fetch });
    troubled.refuse('/part/', 3, () => new Response('', { status: 409 }));
    await requireStored(await karl.upload(photo), photo);
    expect(troubled.requests.filter(({ url }) => url.includes('media.upload'))).toHaveLength(1);
    expect(troubled.requests.filter(({ url }) => url.includes('media.complete'))).toHaveLength(1);
  });

  test('gives up a request that stands still, and sends the part again', async () => {
    const photo = photograph(PART + 1000);
    const troubled = troubledLine();
    const erin = await signedUp(host, 'erin', { fetch: troubled.fetch, timeoutMs: 2000 });
    let still = 1;
    troubled.trouble = (async (url, init) => {
      if (!url.includes('/part/') || still-- <= 0) return undefined;
      return new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason));
      });
    }) satisfies Trouble;
    await requireStored(await erin.upload(photo), photo);
    expect(partsIn(troubled)).toHaveLength(3);
  });

  test('is sent whole to a server of the release before, and when its parts are gone', async () => {
    const photo = photograph(PART + 2000);
    const troubled = troubledLine();
    const frank = await signedUp(host, 'frank', { fetch: troubled.fetch });
    troubled.trouble = async (url, init) => {
      if (url.includes('/part/')) return new Response('', { status: 404 });
      if (!url.includes('media.status')) return undefined;
      const text = await (await fetch(url, init)).text();
      return new Response(text.replace(/,"parts":\[.*?\](?=\})/g, ''), {
        headers: { 'content-type': 'application/json' },
      });
    };
    const { shown, onProgress } = watched();
    await requireStored(await frank.upload(photo, { onProgress }), photo);
    expect(shown.at(-1)).toBe(photo.length);
    expect(puts(troubled).at(-1)!.url).toContain('/put/');
  });

  test('is sent whole when a server of the release before misses its joined file', async () => {
    const photo = photograph(PART + 3000);
    const troubled = troubledLine();
    const gina = await signedUp(host, 'gina', { fetch: troubled.fetch });
    troubled.refuse('media.complete', 1, () =>
      Response.json(
        {
          error: {
            json: {
              message: 'missing',
              code: -32600,
              data: { code: 'upload_missing', httpStatus: 409, errors: [] },
            },
          },
        },
        { status: 409 },
      ),
    );
    await requireStored(await gina.upload(photo), photo);
    expect(puts(troubled).map(({ url }) => url.includes('/part/'))).toEqual([true, true, false]);
  });

  test('is sent from a worker of a browser, which sends no streams', async () => {
    vi.stubGlobal('WorkerGlobalScope', class {});
    const photo = photograph(PART + 4000);
    const troubled = troubledLine();
    const bodies: unknown[] = [];
    troubled.trouble = async (url, init) => {
      if (url.includes('/part/')) bodies.push(init!.body);
      return undefined;
    };
    const hans = await signedUp(host, 'hans', { fetch: troubled.fetch });
    const { shown, onProgress } = watched();
    await requireStored(await hans.upload(photo, { onProgress }), photo);
    expect(bodies.every((body) => body instanceof Uint8Array)).toBe(true);
    expect(shown.at(-1)).toBe(photo.length);
  });

  test('may be several at once, and each is remembered', async () => {
    const photos = [photograph(PART + 1), photograph(PART + 2)];
    const storage = memory();
    const ines = await signedUp(host, 'ines', { store: webStore('ciel', storage) });
    const abort = new AbortController();
    let begun = 0;
    const onProgress = () => {
      begun += 1;
      if (storage.getItem('ciel.uploads')?.match(/uploadId/g)?.length === 2) abort.abort();
    };
    const ended = await Promise.allSettled(
      photos.map((photo) => ines.upload(photo, { onProgress, signal: abort.signal })),
    );
    expect(begun).toBeGreaterThan(0);
    for (const result of ended)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'aborted' });
    const ids = await Promise.all(photos.map((photo) => ines.upload(photo)));
    for (const [at, id] of ids.entries()) await requireStored(id, photos[at]!);
    expect(storage.keys()).toEqual(['ciel']);
  });
});
