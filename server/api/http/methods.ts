import type { FastifyInstance } from 'fastify';
import { CielError } from '../../core/errors.ts';

type MethodsByUrl = Map<string, Set<string>>;

/** Records the methods of every route that is registered on the server from now on. */
export function collectMethods(server: FastifyInstance): MethodsByUrl {
  const methods: MethodsByUrl = new Map();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  return methods;
}

/** Handles every other method of these routes: OPTIONS returns the allowed methods, the rest 405. */
export function refuseOtherMethods(server: FastifyInstance, collected: MethodsByUrl): void {
  for (const [url, known] of [...collected]) {
    const allowed = [...known, 'OPTIONS'].join(', ');
    const others = server.supportedMethods.filter((method) => !known.has(method) && method !== 'OPTIONS');
    server.options(url, (_request, reply) => reply.code(204).header('allow', allowed).send());
    server.route({
      method: others,
      url,
      onRequest: (_request, reply, done) => {
        reply.header('allow', allowed);
        done(new CielError('method_not_allowed', { detail: `Allowed methods: ${allowed}` }));
      },
      handler: () => {},
    });
  }
}
