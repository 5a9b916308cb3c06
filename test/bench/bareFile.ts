import { createReadStream, statSync } from 'node:fs';
import Fastify from 'fastify';

/** The comparison: a Fastify route that sends a file, and one that redirects, which ask nobody and do nothing else. */
const file = process.env.FILE!;
const bytes = statSync(file).size;
const server = Fastify();

server.get('/health', () => ({ ok: true }));
server.get('/file', (_request, reply) =>
  reply.headers({ 'content-type': 'image/webp', 'content-length': bytes }).send(createReadStream(file)),
);
server.get('/redirect', (_request, reply) => reply.redirect(process.env.LOCATION!));

const [host, port] = process.env.HTTP_ADDR!.split(':');
await server.listen({ host: host!, port: Number(port) });
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
