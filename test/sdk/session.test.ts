import { describe, expect } from 'vitest';
import { callbackStore, createCiel, memoryStore, type SessionState, webStore } from '../../sdk/src/index.ts';
import { testWith } from '../support/fixtures.ts';
import { type Host, WIDE_LIMITS } from '../support/host.ts';
import { PASSWORD, signedUp, troubledLine } from './people.ts';

let host: Host;
const test = testWith({ settings: WIDE_LIMITS });
test.beforeAll(({ host: hostOfFile }) => {
  host = hostOfFile;
});

const FAST = { attempts: 3, maxWaitSeconds: 2 };

async function expired(ciel: Awaited<ReturnType<typeof signedUp>>) {
  await ciel.session.set({ ...(await ciel.session.get())!, accessExpiresAt: new Date(0) });
}

describe('a refresh', () => {
  test('whose answer is lost is asked for again, and nobody is signed out', async () => {
    const line = troubledLine();
    const ciel = await signedUp(host, 'alice', { fetch: line.fetch, retry: FAST });
    await expired(ciel);
    line.loseAnswers('auth.refresh', 2);
    expect(await ciel.auth.me()).toMatchObject({ handle: 'alice' });
    line.trouble = null;
    expect(await ciel.auth.me()).toMatchObject({ handle: 'alice' });
  });

  test('that never comes through leaves the session as it was, for later', async () => {
    const line = troubledLine();
    const ciel = await signedUp(host, 'bob', { fetch: line.fetch, retry: { attempts: 2 } });
    await expired(ciel);
    line.loseAnswers('auth.refresh', 4);
    await expect(ciel.auth.me()).rejects.toMatchObject({ code: 'network' });
    line.trouble = null;
    expect(ciel.session.current.status).toBe('signedIn');
    expect(await ciel.auth.me()).toMatchObject({ handle: 'bob' });
  });

  test('is made once in a while by a machine whose clock is wrong, not before every call', async () => {
    const line = troubledLine();
    // An hour ahead: what the server says is an hour off for it.
    line.trouble = async (url, init) => {
      const answer = await fetch(url, init);
      const late = (_: string, at: string) =>
        `"accessExpiresAt":"${new Date(Date.parse(at) - 3_600_000).toISOString()}"`;
      const text = (await answer.text()).replace(/"accessExpiresAt":"([^"]+)"/, late);
      return new Response(text, answer);
    };
    const ciel = await signedUp(host, 'carol', { fetch: line.fetch });
    for (let i = 0; i < 5; i += 1) expect(await ciel.auth.me()).toMatchObject({ handle: 'carol' });
    expect(line.requests.filter(({ url }) => url.includes('auth.refresh'))).toHaveLength(1);
  });

  test.each(['with', 'without'])(
    'that is running does not sign somebody in again who signs out, %s locks',
    async (locks) => {
      const line = troubledLine();
      const storage = new Map<string, string>();
      const { lockName, ...bare } = webStore('ciel.dora', {
        getItem: (key) => storage.get(key) ?? null,
        setItem: (key, value) => void storage.set(key, value),
        removeItem: (key) => void storage.delete(key),
      });
      const store = locks === 'with' ? { ...bare, lockName: lockName! } : bare;
      let lost = 0;
      const ciel = await signedUp(host, `dora_${locks}`, {
        fetch: line.fetch,
        store,
        onSessionLost: () => {
          lost += 1;
        },
      });
      await expired(ciel);
      let go = () => {};
      const held = new Promise<void>((resolve) => {
        go = resolve;
      });
      const reached = new Promise<void>((resolve) => {
        line.trouble = async (url, init) => {
          if (!url.includes('auth.refresh')) return undefined;
          const answer = await fetch(url, init);
          resolve();
          await held;
          return answer;
        };
      });
      const call = ciel.auth.me().catch(() => {});
      await reached;
      const leaving = ciel.signOut();
      setTimeout(go, 100);
      await Promise.all([call, leaving]);
      expect(storage.size).toBe(0);
      expect(ciel.session.current.status).toBe('signedOut');
      expect(lost).toBe(0);
      await expect(ciel.auth.me()).rejects.toMatchObject({ code: 'unauthenticated' });
    },
  );
});

describe('the signed-in user', () => {
  test('can be followed, and is the same object until it changes', async () => {
    const ciel = createCiel({ url: host.url });
    const seen: SessionState[] = [];
    const stop = ciel.session.subscribe(() => seen.push(ciel.session.current));
    expect(ciel.session.current).toEqual({ status: 'signedOut', userId: null });
    await ciel.signUp({ handle: 'erin', displayName: 'E', email: 'erin@example.org', password: PASSWORD });
    const { id } = await ciel.auth.me();
    const signedIn = ciel.session.current;
    await expired(ciel);
    await ciel.auth.me();
    expect(ciel.session.current).toBe(signedIn);
    await ciel.signOut();
    stop();
    await ciel.signIn('erin', PASSWORD);
    expect(seen).toEqual([
      { status: 'signedIn', userId: id },
      { status: 'signedOut', userId: null },
    ]);
    expect(ciel.session.current).toEqual({ status: 'signedIn', userId: id });
  });

  test('is not known until a store that takes its time has answered', async () => {
    const first = await signedUp(host, 'frank');
    const kept: { text: string | null } = { text: JSON.stringify(await first.session.get()) };
    const store = callbackStore({
      load: async () => kept.text,
      save: async (text) => {
        kept.text = text;
      },
    });
    const ciel = createCiel({ url: host.url, store });
    expect(ciel.session.current.status).toBe('loading');
    await expect.poll(() => ciel.session.current.status).toBe('signedIn');
    expect(await ciel.auth.me()).toMatchObject({ handle: 'frank' });
    await ciel.signOut();
    expect(kept.text).toBeNull();
  });

  test('is nobody when the store has no valid session, or cannot be read', async () => {
    const broken = { getItem: () => '{"accessToken"', setItem: () => {}, removeItem: () => {} };
    for (const store of [webStore('x', broken), webStore(), memoryStore()])
      expect(createCiel({ url: host.url, store }).session.current.status).toBe('signedOut');
  });
});

test('signing out forgets the session even if the server cannot be reached, and says so', async () => {
  const line = troubledLine();
  const ciel = await signedUp(host, 'gina', { fetch: line.fetch, retry: { attempts: 1 } });
  line.trouble = async () => {
    throw new TypeError('fetch failed');
  };
  await expect(ciel.signOut()).rejects.toMatchObject({ code: 'network' });
  expect(ciel.session.current.status).toBe('signedOut');
});
