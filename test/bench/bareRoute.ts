import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import postgres from 'postgres';
import { replay, type Statement } from './statements.ts';

/** The comparison: a Fastify route that sends the same statements and returns the rows, and does nothing else. */
const statements = JSON.parse(readFileSync(process.env.STATEMENTS!, 'utf8')) as Record<string, Statement[]>;
const sql = postgres(process.env.DATABASE_URL!, { max: 16 });
const server = Fastify();

server.get('/health', () => ({ ok: true }));
server.get<{ Params: { reader: string } }>('/feed/:reader', async (request) => {
  const results = await replay(sql, statements[request.params.reader]!);
  return { items: results };
});

const [host, port] = process.env.HTTP_ADDR!.split(':');
await server.listen({ host: host!, port: Number(port) });
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
