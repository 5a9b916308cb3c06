import type { FastifyInstance } from 'fastify';
import { CielError } from '../../core/errors.ts';

/** The oldest SDK that is served. It is raised when an older one would misread today's responses. */
export const MIN_SDK_VERSION = '0.1.0';

/** Refuses calls of an older SDK; clients that send no version are let in. */
export function refuseOldClients(server: FastifyInstance, oldest: string): void {
  server.addHook('onRequest', ({ headers, url }, _reply, done) => {
    const version = /^sdk\/(\d+\.\d+\.\d+)/.exec(String(headers['x-ciel-client'] ?? ''))?.[1];
    const isTooOld = version !== undefined && url.startsWith('/trpc/') && isOlder(version, oldest);
    if (!isTooOld) return done();
    done(
      new CielError('client_too_old', { detail: `@ciel/sdk ${version} is too old: use ${oldest} or later` }),
    );
  });
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}
