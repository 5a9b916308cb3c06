import { setTimeout as sleep } from 'node:timers/promises';
import { makePhotograph } from '../photograph.ts';
import { seededRandom } from '../random.ts';
import { inviteFrom, signUp } from '../visit.ts';
import { call, isOk, type Ledger, type Person } from './ledger.ts';

export async function signUpPeople(url: string, count: number): Promise<Person[]> {
  const code = await inviteFrom(url, undefined, count);
  const people: Person[] = [];
  for (let n = 0; n < count; n++) {
    const { id, handle, ciel } = await signUp(url, code, `person${n}`);
    people.push({ id, handle, token: (await ciel.session.get())!.accessToken });
  }
  return people;
}

interface Crowd {
  urls: [string, string];
  people: Person[];
  ledger: Ledger;
}

const pick = <T>(of: T[], random: () => number): T | undefined => of[Math.floor(random() * of.length)];

/** All people act at once, each through both APIs, until the signal; everything that was acknowledged is in the ledger. */
export async function act(crowd: Crowd, seed: number, signal: AbortSignal): Promise<void> {
  await Promise.all(
    crowd.people.map((person, at) => live(crowd, person, seededRandom(seed * 100 + at), signal)),
  );
}

let photographs = 0;

async function live(
  { urls, people, ledger }: Crowd,
  person: Person,
  random: () => number,
  signal: AbortSignal,
) {
  const { token, handle } = person;
  let bios = 0;

  async function send(method: string, path: string, body?: object) {
    const reply = await call(pick(urls, random)!, token, method, path, body);
    // Whoever is told to wait, waits, and so does whoever finds nobody.
    if (reply.status === 503 || reply.status === 0) await sleep(200 + random() * 300);
    return reply;
  }

  /** A state that is on or off, and where to read it. */
  async function toggle(key: string, path: string, read: (url: string) => Promise<boolean | undefined>) {
    const isOn = random() < 0.7;
    ledger.forget(key);
    const reply = await send(isOn ? 'POST' : 'DELETE', path);
    if (ledger.note(`${isOn ? 'POST' : 'DELETE'} ${path.split('/').at(-1)}`, reply))
      ledger.acknowledge(key, async (url) => {
        const is = await read(url);
        return is === isOn ? null : `is ${is}, was acknowledged as ${isOn}`;
      });
  }

  const acts = {
    async post() {
      const photo = await makePhotograph(++photographs, { width: 64, height: 48 });
      const ticket = await send('POST', '/media/upload', { contentType: 'image/jpeg', bytes: photo.length });
      if (!ledger.note('POST /media/upload', ticket)) return;
      const { uploadId, uploadUrl, method, headers } = ticket.body as {
        uploadId: string;
        uploadUrl: string;
        method: string;
        headers: Record<string, string>;
      };
      const sent = await fetch(uploadUrl, { method, headers, body: new Uint8Array(photo) }).catch(() => null);
      // The store is down: nothing was promised.
      if (!sent?.ok) return;
      const complete = await send('POST', `/media/upload/${uploadId}/complete`);
      if (!ledger.note('POST complete', complete)) return;
      const mediaId = complete.body.mediaId as string;
      ledger.acknowledge(`photograph ${mediaId}`, async (url) => {
        const { status, body } = await call(url, token, 'GET', `/media/${mediaId}`);
        return status === 200 && ['completed', 'failed'].includes(body.status as string)
          ? null
          : `${status} ${body.status as string}`;
      });
      const reply = await send('POST', '/posts', {
        mediaIds: [mediaId],
        visibility: 'public',
        caption: handle,
      });
      if (!ledger.note('POST /posts', reply)) return;
      const postId = reply.body.id as string;
      ledger.posts.push(postId);
      ledger.acknowledge(`post ${postId}`, async (url) => {
        const { status } = await call(url, token, 'GET', `/posts/${postId}`);
        return status === 200 ? null : String(status);
      });
    },
    async like() {
      const postId = pick(ledger.posts, random);
      if (!postId) return;
      await toggle(`like of ${postId} by ${handle}`, `/posts/${postId}/like`, async (url) => {
        const { body } = await call(url, token, 'GET', `/posts/${postId}`);
        return body.likedByViewer as boolean;
      });
    },
    async comment() {
      const postId = pick(ledger.posts, random);
      if (!postId) return;
      const reply = await send('POST', `/posts/${postId}/comment`, { body: `By ${handle}` });
      if (!ledger.note('POST comment', reply)) return;
      const commentId = reply.body.id as string;
      ledger.acknowledge(`comment ${commentId}`, async (url) => {
        for (let cursor: string | null = ''; cursor !== null; ) {
          const query = `limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
          const page = await call(url, token, 'GET', `/posts/${postId}/comments?${query}`);
          if (page.status !== 200) return String(page.status);
          if ((page.body.items as { id: string }[]).some(({ id }) => id === commentId)) return null;
          cursor = page.body.nextCursor as string | null;
        }
        return 'is not there';
      });
    },
    async follow() {
      const other = pick(people, random)!;
      if (other.id === person.id) return;
      await toggle(`${handle} follows ${other.handle}`, `/users/${other.id}/follow`, async (url) => {
        const { body } = await call(url, token, 'GET', `/users/${other.id}`);
        return (body.relationship as { following?: string | boolean } | undefined)?.following === true;
      });
    },
    async bio() {
      const number = ++bios;
      const key = `bio of ${handle}`;
      const reply = await send('PATCH', '/users/me', { bio: String(number) });
      if (!ledger.note('PATCH /users/me', reply)) return;
      // A later write of which no response came may have been done.
      ledger.acknowledge(key, async (url) => {
        const { body } = await call(url, token, 'GET', `/users/${person.id}`);
        return Number(body.bio) >= number ? null : `is ${body.bio as string}, ${number} was acknowledged`;
      });
    },
    async read() {
      const reply = await send('GET', '/feed');
      ledger.note('GET /feed', reply);
    },
  };
  const names = ['post', 'like', 'like', 'comment', 'follow', 'bio', 'read', 'read'] as const;
  while (!signal.aborted) await acts[pick([...names], random)!]();
}

/** Milliseconds until both APIs take a write again. */
export async function untilWritable(urls: [string, string], { token }: Person): Promise<number> {
  const started = performance.now();
  for (const url of urls)
    while (!isOk(await call(url, token, 'PATCH', '/users/me', { displayName: 'Back' }))) await sleep(50);
  return Math.round(performance.now() - started);
}
