import { createPrivateKey, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  signAccess,
  signRefresh,
  v4,
  verifyAccess,
  verifyRefresh,
} from '../../../server/domains/auth/tokens.ts';
import { SEED } from '../../support/random.ts';
import { badVectors, goodVectors, vectorClaims, vectorKey } from './vectors.ts';

const keys = [Buffer.alloc(32, 1)];
const otherKeys = [Buffer.alloc(32, 2)];
const NOW = new Date('2026-11-23T12:00:00.000Z');
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const access = {
  userId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11',
  sessionId: '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e12',
  expiresAt: inMinutes(15),
};
const refresh = { ...access, generation: 3 };

describe('The official vectors', () => {
  const seedAndPublic = Buffer.from(vectorKey.seed + vectorKey.publicKey, 'hex').toString('base64url');
  const publicOnly = Buffer.from(vectorKey.publicKey, 'hex').toString('base64url');
  const before2022 = new Date('2021-12-31T00:00:00Z');

  it.each(goodVectors)('$name is what we sign and verify', async ({ token, footer, assertion }) => {
    const secretKey = await v4.ImportSecretKey(`k4.secret.${seedAndPublic}`);
    const publicKey = await v4.ImportPublicKey(`k4.public.${publicOnly}`);
    const options = { footer: Buffer.from(footer), implicitAssertion: Buffer.from(assertion) };
    await expect(v4.Sign(secretKey, vectorClaims, { ...options, addIssuedAt: false })).resolves.toBe(token);
    const verified = await v4.Verify(publicKey, token, { ...options, now: before2022 });
    expect(verified.claims).toStrictEqual(vectorClaims);
  });

  it.each(badVectors)('$name fails', async ({ token, footer, assertion }) => {
    const publicKey = await v4.ImportPublicKey(`k4.public.${publicOnly}`);
    const options = { footer: Buffer.from(footer), implicitAssertion: Buffer.from(assertion) };
    await expect(v4.Verify(publicKey, token, { ...options, now: before2022 })).rejects.toThrow();
  });

  it('are none of our access or refresh tokens, even under our key', async () => {
    const ours = [Buffer.from(vectorKey.seed, 'hex')];
    for (const { token } of [...goodVectors, ...badVectors]) {
      await expect(verifyAccess(ours, token, before2022)).resolves.toBeNull();
      await expect(verifyRefresh(ours, token, before2022)).resolves.toBeNull();
    }
  });
});

describe('An access token', () => {
  it('says whose it is, until the moment it ends', async () => {
    const token = await signAccess(keys, access, NOW);
    await expect(verifyAccess(keys, token, NOW)).resolves.toStrictEqual(access);
    const last = new Date(access.expiresAt.getTime() - 1);
    await expect(verifyAccess(keys, token, last)).resolves.not.toBeNull();
    await expect(verifyAccess(keys, token, access.expiresAt)).resolves.toBeNull();
  });

  it('is accepted from a clock that is a little ahead, not from the future', async () => {
    const token = await signAccess(keys, { ...access, expiresAt: inMinutes(60) }, inMinutes(1));
    await expect(
      verifyAccess(keys, token, new Date(inMinutes(1).getTime() - 29_000)),
    ).resolves.not.toBeNull();
    await expect(verifyAccess(keys, token, new Date(inMinutes(1).getTime() - 31_000))).resolves.toBeNull();
  });

  it('is signed by the first key and verified by all, so that keys can be changed', async () => {
    const old = await signAccess(otherKeys, access, NOW);
    await expect(verifyAccess([...keys, ...otherKeys], old, NOW)).resolves.toStrictEqual(access);
    await expect(verifyAccess(keys, old, NOW)).resolves.toBeNull();
    const fresh = await signAccess([...keys, ...otherKeys], access, NOW);
    await expect(verifyAccess(keys, fresh, NOW)).resolves.toStrictEqual(access);
  });

  it('is no refresh token, and the other way round, though the key be the same', async () => {
    const accessToken = await signAccess(keys, access, NOW);
    const refreshToken = await signRefresh(keys, refresh, NOW);
    await expect(verifyRefresh(keys, accessToken, NOW)).resolves.toBeNull();
    await expect(verifyAccess(keys, refreshToken, NOW)).resolves.toBeNull();
    await expect(verifyRefresh(keys, refreshToken, NOW)).resolves.toStrictEqual(refresh);
  });
});

describe('A refresh token', () => {
  it('is the same for the same values, so that it can be sent again without being stored', async () => {
    const once = await signRefresh(keys, refresh, NOW);
    await expect(signRefresh(keys, refresh, NOW)).resolves.toBe(once);
    await expect(signRefresh(keys, { ...refresh, generation: 4 }, NOW)).resolves.not.toBe(once);
  });
});

describe('A token signed by our key with other claims', () => {
  const good = {
    typ: 'access',
    jti: 'x',
    sub: access.userId,
    sid: access.sessionId,
    iss: 'ciel',
    aud: 'ciel',
    iat: NOW.toISOString(),
    exp: access.expiresAt.toISOString(),
  };

  it('is accepted only when all of them are ours', async () => {
    await expect(verifyAccess(keys, signText(JSON.stringify(good)), NOW)).resolves.toStrictEqual(access);
    const bad: object[] = [
      ...Object.keys(good).map((name) => ({ ...good, [name]: undefined })),
      { ...good, iss: 'other' },
      { ...good, aud: 'other' },
      { ...good, aud: ['ciel'] },
      { ...good, typ: 'refresh' },
      { ...good, typ: 'Access' },
      { ...good, sub: 'alice' },
      { ...good, sub: null },
      { ...good, exp: 4_102_444_800 },
      { ...good, exp: 'never' },
      { ...good, exp: inMinutes(-1).toISOString() },
      { ...good, iat: inMinutes(5).toISOString() },
      { ...good, nbf: inMinutes(5).toISOString() },
      { ...good, admin: true },
    ];
    for (const claims of bad) {
      const accepted = await verifyAccess(keys, signText(JSON.stringify(claims)), NOW);
      expect({ claims, accepted }).toStrictEqual({ claims, accepted: null });
    }
  });

  it('is refused with a footer, though that be signed, too', async () => {
    const token = await signAccess(keys, access, NOW);
    for (const footer of ['', 'x', '{"kid":"k4.pid.x"}']) {
      const unsigned = `${token}.${Buffer.from(footer).toString('base64url')}`;
      await expect(verifyAccess(keys, unsigned, NOW)).resolves.toBeNull();
    }
    await expect(verifyAccess(keys, signText(JSON.stringify(good), 'x'), NOW)).resolves.toBeNull();
  });

  it('is refused by its length alone when it is too long', async () => {
    const text = JSON.stringify(good);
    const longest = signText(text.padEnd(690));
    expect(longest.length).toBeLessThanOrEqual(1024);
    await expect(verifyAccess(keys, longest, NOW)).resolves.toStrictEqual(access);
    const tooLong = signText(text.padEnd(720));
    expect(tooLong.length).toBeGreaterThan(1024);
    await expect(verifyAccess(keys, tooLong, NOW)).resolves.toBeNull();
    await expect(verifyAccess(keys, signText(text.padEnd(1_000_000)), NOW)).resolves.toBeNull();
  });
});

describe('A changed token', () => {
  it('is never accepted, in ten thousand ways', async () => {
    const token = await signAccess(keys, access, NOW);
    const refreshToken = await signRefresh(keys, refresh, NOW);
    const foreign = await signAccess(otherKeys, access, NOW);
    const mutants = fc.sample(mutantOf(token, [refreshToken, foreign]), {
      numRuns: 11_000,
      seed: 20_261_123 + SEED,
    });
    const changed = new Set([...mutants, ...bitFlips(token)]);
    changed.delete(token);
    const accepted: string[] = [];
    for (const mutant of changed) {
      if (await verifyAccess(keys, mutant, NOW)) accepted.push(mutant);
    }
    expect(changed.size).toBeGreaterThan(10_000);
    expect(accepted).toStrictEqual([]);
  });
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function mutantOf(token: string, strangers: string[]): fc.Arbitrary<string> {
  const at = fc.nat(token.length - 1);
  const char = fc.constantFrom(...ALPHABET, '=', '.', '+', '/', ' ', '\n', '\0', 'é');
  const edit = fc.oneof(
    fc.tuple(at, char).map(
      ([i, c]) =>
        (text: string) =>
          text.slice(0, i) + c + text.slice(i + 1),
    ),
    fc.tuple(at, char).map(
      ([i, c]) =>
        (text: string) =>
          text.slice(0, i) + c + text.slice(i),
    ),
    fc.tuple(at, fc.nat(8)).map(
      ([i, n]) =>
        (text: string) =>
          text.slice(0, i) + text.slice(i + 1 + n),
    ),
    fc.tuple(at, at).map(
      ([i, j]) =>
        (text: string) =>
          text.slice(0, i) + text.slice(j),
    ),
    fc.constantFrom('=', '==', '.', '\n', ' ', '.e30', '\0').map((tail) => (text: string) => text + tail),
    fc
      .constantFrom('v1.public.', 'v2.public.', 'v3.public.', 'v4.local.', 'V4.public.', '', 'v4.public..')
      .map((prefix) => (text: string) => prefix + text.slice('v4.public.'.length)),
    fc.tuple(fc.constantFrom(...strangers), at).map(
      ([stranger, i]) =>
        (text: string) =>
          text.slice(0, i) + stranger.slice(i),
    ),
    fc.tuple(fc.constantFrom(...strangers), at).map(
      ([stranger, i]) =>
        (text: string) =>
          stranger.slice(0, i) + text.slice(i),
    ),
  );
  return fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce((text, e) => e(text), token));
}

function bitFlips(token: string): string[] {
  const body = Buffer.from(token.slice('v4.public.'.length), 'base64url');
  return Array.from({ length: body.length * 8 }, (_, bit) => {
    const flipped = Buffer.from(body);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    return `v4.public.${flipped.toString('base64url')}`;
  });
}

/** Signs any text as the specification says, without the library: pre-authentication encoding of four pieces. */
function signText(text: string, footer = ''): string {
  const message = Buffer.from(text);
  const pieces = [Buffer.from('v4.public.'), message, Buffer.from(footer), Buffer.alloc(0)];
  const le64 = (n: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(n);
    return bytes;
  };
  const encoded = Buffer.concat([le64(4), ...pieces.flatMap((piece) => [le64(piece.length), piece])]);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), keys[0]!]);
  const signature = sign(null, encoded, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  const body = `v4.public.${Buffer.concat([message, signature]).toString('base64url')}`;
  return footer ? `${body}.${Buffer.from(footer).toString('base64url')}` : body;
}
