import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ClaimValidationError, InvalidTokenError, PublicProtocol } from 'paseto';
import {
  ImportPublicKeyFactory,
  ImportSecretKeyFactory,
  type PublicKey,
  type SecretKey,
  SignFactory,
  VerifyFactory,
} from 'paseto/v4/public';
import { z } from 'zod';

export const v4 = new PublicProtocol(
  SignFactory,
  VerifyFactory,
  ImportSecretKeyFactory,
  ImportPublicKeyFactory,
);

const PARTY = 'ciel';
/** Clocks differ between machines: a token from a clock slightly ahead must not count as issued in the future. */
const CLOCK_TOLERANCE_SECONDS = 30;
const MAX_LENGTH = 1024;
/** Without a footer, because our tokens have none. */
const FORM = /^v4\.public\.[A-Za-z0-9_-]+$/;

const common = {
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.string(),
  iss: z.literal(PARTY),
  aud: z.literal(PARTY),
  iat: z.iso.datetime(),
  exp: z.iso.datetime(),
};
const AccessClaims = z.strictObject({ ...common, typ: z.literal('access') });
const RefreshClaims = z.strictObject({ ...common, typ: z.literal('refresh'), gen: z.int().min(0) });

export interface Access {
  userId: string;
  sessionId: string;
  expiresAt: Date;
}

export interface Refresh extends Access {
  generation: number;
}

export async function signAccess(keys: Buffer[], access: Access, now = new Date()): Promise<string> {
  const claims = { typ: 'access', jti: crypto.randomUUID(), ...claimsOf(access, now) };
  return sign(keys, claims);
}

/** Returns the same token for the same values, so a successor can be sent again although it is not stored. */
export async function signRefresh(keys: Buffer[], refresh: Refresh, issuedAt: Date): Promise<string> {
  const { generation, sessionId } = refresh;
  const claims = { typ: 'refresh', gen: generation, jti: `${sessionId}.${generation}` };
  return sign(keys, { ...claims, ...claimsOf(refresh, issuedAt) });
}

/** Null unless the token is an unexpired access token of ours. */
export async function verifyAccess(keys: Buffer[], token: string, now = new Date()): Promise<Access | null> {
  const claims = await verify(keys, token, AccessClaims, now);
  return claims && { userId: claims.sub, sessionId: claims.sid, expiresAt: new Date(claims.exp) };
}

/** Null unless the token is an unexpired refresh token of ours. */
export async function verifyRefresh(
  keys: Buffer[],
  token: string,
  now = new Date(),
): Promise<Refresh | null> {
  const claims = await verify(keys, token, RefreshClaims, now);
  return (
    claims && {
      userId: claims.sub,
      sessionId: claims.sid,
      expiresAt: new Date(claims.exp),
      generation: claims.gen,
    }
  );
}

const claimsOf = ({ userId, sessionId, expiresAt }: Access, issuedAt: Date) => ({
  sub: userId,
  sid: sessionId,
  iss: PARTY,
  aud: PARTY,
  iat: issuedAt.toISOString(),
  exp: expiresAt.toISOString(),
});

async function sign([key]: Buffer[], claims: Record<string, string | number>): Promise<string> {
  return v4.Sign((await keyPair(key!)).secretKey, claims);
}

async function verify<Claims extends { exp: string }>(
  keys: Buffer[],
  token: string,
  schema: z.ZodType<Claims>,
  now: Date,
): Promise<Claims | null> {
  if (token.length > MAX_LENGTH || !FORM.test(token)) return null;
  for (const key of keys) {
    const signed = await verifySigned((await keyPair(key)).publicKey, token, now);
    const { data: claims } = schema.safeParse(signed);
    if (claims) return new Date(claims.exp) > now ? claims : null;
  }
  return null;
}

async function verifySigned(key: PublicKey, token: string, now: Date): Promise<object | null> {
  try {
    const { claims } = await v4.Verify(key, token, {
      now,
      issuer: PARTY,
      audience: PARTY,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return claims;
  } catch (error) {
    if (error instanceof InvalidTokenError || error instanceof ClaimValidationError) return null;
    throw error;
  }
}

interface KeyPair {
  secretKey: SecretKey;
  publicKey: PublicKey;
}

const keyPairs = new WeakMap<Buffer, Promise<KeyPair>>();

function keyPair(seed: Buffer): Promise<KeyPair> {
  const known = keyPairs.get(seed);
  if (known) return known;
  const pair = importKeyPair(seed);
  keyPairs.set(seed, pair);
  return pair;
}

/** The ASN.1 of an Ed25519 private key, up to the seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

async function importKeyPair(seed: Buffer): Promise<KeyPair> {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const both = Buffer.concat([seed, Buffer.from(x, 'base64url')]);
  return {
    secretKey: await v4.ImportSecretKey(`k4.secret.${both.toString('base64url')}`),
    publicKey: await v4.ImportPublicKey(`k4.public.${x}`),
  };
}
