import type { FastifyReply } from 'fastify';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const OVER_TLS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Set on every response; routes that need another value override it. */
export function createSecurityHeaders(publicUrl: string) {
  const headers = publicUrl.startsWith('https:') ? { ...ALWAYS, ...OVER_TLS } : ALWAYS;
  return (reply: FastifyReply, requestId: string) => reply.headers(headers).header('x-request-id', requestId);
}
