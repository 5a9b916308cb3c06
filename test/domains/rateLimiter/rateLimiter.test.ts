import { describe, expect, it } from 'vitest';
import { createCaller } from '../../../server/api/router.ts';
import type { App, Settings } from '../../../server/core/app.ts';
import { scriptContext, type Viewer } from '../../../server/core/context.ts';
import { CielError } from '../../../server/core/errors.ts';
import { addressLimits, type LimitName, userLimits } from '../../../server/core/limits.ts';
import { spendLoginForAccount } from '../../../server/domains/rateLimiter/public.ts';
import { spend } from '../../../server/domains/rateLimiter/service.ts';
import { createMemoryLimiter } from '../../../server/infra/limiter/memory.ts';
import { test } from '../../support/fixtures.ts';
import type { World } from '../../support/world.ts';

const HOUR_MS = 3_600_000;
let world: World;
let clockMs = 0;

test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

const freshApp = (settings: Partial<Settings> = {}): App => ({
  ...world.app,
  limiter: createMemoryLimiter({ now: () => clockMs }),
  settings: { ...world.app.settings, ...settings },
});

const viewer = (trustLevel: number): Viewer => ({
  id: crypto.randomUUID(),
  handle: 'alice',
  trustLevel,
  isPrivate: false,
  sessionId: null,
});

/** How many requests pass before the first refusal, and the refusal. */
async function exhaust(request: () => Promise<unknown>): Promise<{ passed: number; refusal: CielError }> {
  for (let passed = 0; passed < 50_000; passed += 1) {
    const error: unknown = await request().then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error === null) continue;
    if (!(error instanceof CielError)) throw error;
    return { passed, refusal: error };
  }
  throw new Error('was never refused');
}

const passes = async (request: () => Promise<unknown>) => (await exhaust(request)).passed;

const at = (address: string) => ({ viewer: null, address });

describe('What a user may spend', () => {
  it.each([
    ['post', 0, 1],
    ['post', 1, 5],
    ['post', 2, 20],
    ['follow', 0, 5],
    ['unfollow', 0, 10],
    ['like', 1, 100],
    ['comment', 0, 10],
    ['search', 2, 600],
    ['mediaUpload', 3, 500],
  ] as const)('of %s at trust level %i is %i at once', async (name, level, limit) => {
    const app = freshApp();
    const spender = { viewer: viewer(level), address: '192.0.2.1' };
    expect(await passes(() => spend(app, name, spender))).toBe(limit);
  });

  it('is bounded by the day when the hour has more', async () => {
    const app = freshApp();
    const spender = { viewer: viewer(0), address: null };
    let posted = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      posted += await passes(() => spend(app, 'post', spender));
      clockMs += HOUR_MS;
    }
    const atOnce = userLimits.post.perDay[0];
    const refilledInADay = userLimits.post.perDay[0];
    expect(posted).toBeLessThanOrEqual(atOnce + refilledInADay);
    expect(posted).toBeGreaterThan(atOnce);
  });

  it('is each user’s and each bucket’s own', async () => {
    const app = freshApp();
    const [alice, bob] = [viewer(0), viewer(0)];
    await exhaust(() => spend(app, 'follow', { viewer: alice, address: '192.0.2.1' }));
    await expect(spend(app, 'follow', { viewer: bob, address: '192.0.2.1' })).resolves.toMatchObject({
      limit: 5,
    });
    await expect(spend(app, 'like', { viewer: alice, address: '192.0.2.1' })).resolves.toMatchObject({
      limit: 30,
    });
  });

  it('grows with the trust level at once', async () => {
    const app = freshApp();
    const alice = viewer(0);
    await exhaust(() => spend(app, 'search', { viewer: alice, address: null }));
    const trusted = { viewer: { ...alice, trustLevel: 2 }, address: null };
    clockMs += 60_000;
    await expect(spend(app, 'search', trusted)).resolves.toMatchObject({ limit: 600 });
  });
});

describe('A refusal', () => {
  it('says truly after how long the same request passes', async () => {
    const app = freshApp();
    const spender = { viewer: viewer(0), address: null };
    const { refusal } = await exhaust(() => spend(app, 'like', spender));
    expect(refusal).toMatchObject({ code: 'rate_limited', budget: { limit: 30, remaining: 0 } });
    clockMs += (refusal.retryAfterSeconds! - 1) * 1000;
    await expect(spend(app, 'like', spender)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 1,
    });
    clockMs += 1000;
    await expect(spend(app, 'like', spender)).resolves.toMatchObject({ limit: 30, remaining: 0 });
  });

  it('spends nothing', async () => {
    const app = freshApp();
    const spender = { viewer: viewer(0), address: null };
    const { refusal } = await exhaust(() => spend(app, 'like', spender));
    for (let i = 0; i < 50; i += 1) {
      await expect(spend(app, 'like', spender)).rejects.toMatchObject({
        retryAfterSeconds: refusal.retryAfterSeconds,
      });
    }
  });
});

describe('What an address may spend', () => {
  it.each(Object.entries(addressLimits))('of %s is what the table says', async (name, { limit }) => {
    const app = freshApp();
    expect(await passes(() => spend(app, name as LimitName, at('192.0.2.1')))).toBe(limit);
  });

  it('is counted for an IPv4 address alone, however it is written', async () => {
    const app = freshApp();
    await exhaust(() => spend(app, 'login', at('192.0.2.1')));
    for (const same of ['::ffff:192.0.2.1', '::ffff:c000:201']) {
      await expect(spend(app, 'login', at(same))).rejects.toMatchObject({ code: 'rate_limited' });
    }
    await expect(spend(app, 'login', at('192.0.2.2'))).resolves.toMatchObject({ remaining: 9 });
  });

  it('is counted for the /64 of an IPv6 address', async () => {
    const app = freshApp();
    await exhaust(() => spend(app, 'login', at('2001:db8:1:2::1')));
    for (const same of [
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '2001:0DB8:0001:0002::5',
      '2001:db8:1:2::1%eth0',
    ]) {
      await expect(spend(app, 'login', at(same))).rejects.toMatchObject({ code: 'rate_limited' });
    }
    await expect(spend(app, 'login', at('2001:db8:1:3::1'))).resolves.toMatchObject({ remaining: 9 });
  });

  it('is one budget for everything that is not an address', async () => {
    const app = freshApp();
    await exhaust(() => spend(app, 'login', at('no address')));
    await expect(spend(app, 'login', { viewer: null, address: null })).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });

  it('is that of anonymous reads for what only users have a bucket for', async () => {
    const app = freshApp();
    await spend(app, 'mediaRead', at('192.0.2.1'));
    await expect(spend(app, 'anonymousRead', at('192.0.2.1'))).resolves.toStrictEqual({
      limit: 600,
      remaining: 598,
      resetSeconds: 12,
    });
  });

  it('of sign-ups is what the installation sets', async () => {
    const app = freshApp({ signupsPerAddressPerDay: 7 });
    expect(await passes(() => spend(app, 'signup', at('192.0.2.1')))).toBe(7);
  });
});

describe('The factor', () => {
  it('multiplies every budget, and leaves at least one request of each', async () => {
    const alice = { viewer: viewer(0), address: null };
    const wide = freshApp({ rateLimitFactor: 2.5, signupsPerAddressPerDay: 3 });
    expect(await passes(() => spend(wide, 'follow', alice))).toBe(12);
    expect(await passes(() => spend(wide, 'login', at('192.0.2.1')))).toBe(25);
    expect(await passes(() => spend(wide, 'signup', at('192.0.2.1')))).toBe(7);
    expect(await passes(() => spendLoginForAccount(wide, 'alice'))).toBe(250);
    const narrow = freshApp({ rateLimitFactor: 0.01 });
    expect(await passes(() => spend(narrow, 'follow', alice))).toBe(1);
    expect(await passes(() => spend(narrow, 'login', at('192.0.2.1')))).toBe(1);
  });
});

describe('Tries to sign in to an account', () => {
  it('are counted together, whatever the address and the case of the identifier', async () => {
    const app = freshApp();
    expect(await passes(() => spendLoginForAccount(app, 'Alice@Example.org'))).toBe(100);
    await expect(spendLoginForAccount(app, 'alice@example.ORG')).rejects.toMatchObject({
      code: 'rate_limited',
    });
    await expect(spendLoginForAccount(app, 'bob@example.org')).resolves.toMatchObject({ remaining: 99 });
  });
});

describe('GET /account/rate-limits', () => {
  it('shows every bucket of the viewer and of the address, spending none of them', async () => {
    const app = freshApp();
    const alice = viewer(1);
    await spend(app, 'post', { viewer: alice, address: null });
    await spend(app, 'login', at('192.0.2.1'));
    const context = { ...scriptContext(alice), address: '192.0.2.1' };
    const { trustLevel, buckets } = await createCaller(app)(context).rateLimiter.list();
    expect(trustLevel).toBe(1);
    expect(new Set(buckets.map(({ bucket }) => bucket))).toStrictEqual(
      new Set([...Object.keys(userLimits), ...Object.keys(addressLimits)]),
    );
    expect(buckets.filter(({ bucket }) => bucket === 'post')).toStrictEqual([
      { bucket: 'post', per: 'user', periodSeconds: 3600, limit: 5, remaining: 4, resetSeconds: 720 },
      { bucket: 'post', per: 'user', periodSeconds: 86400, limit: 20, remaining: 19, resetSeconds: 4320 },
    ]);
    expect(buckets.filter(({ bucket }) => bucket === 'login')).toStrictEqual([
      { bucket: 'login', per: 'address', periodSeconds: 3600, limit: 10, remaining: 9, resetSeconds: 360 },
    ]);
    await expect(createCaller(app)(context).rateLimiter.list()).resolves.toMatchObject({ buckets });
  });
});
