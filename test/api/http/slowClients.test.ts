import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createHost, listen } from '../host.ts';

const ANSWERS = 2000;

test('a client that does not read its response is cut off, and one that reads is not', async () => {
  const host = await createHost({ slowClientCheckMs: 300 });
  const port = await listen(host.server);
  const requests = 'GET /openapi.json HTTP/1.1\r\nhost: ciel\r\n\r\n'.repeat(ANSWERS);

  const reader = connect(port, '127.0.0.1');
  let answer = '';
  reader.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
  });
  reader.write('GET /v1/slow?ms=2000 HTTP/1.1\r\nhost: ciel\r\n\r\n');
  await expect.poll(() => host.seen.inputs.length).toBe(1);
  const idle = connect(port, '127.0.0.1').pause();
  idle.write(requests);

  await expect.poll(() => connectionsOf(host.server.server)).toBe(2);
  await expect.poll(() => connectionsOf(host.server.server), { timeout: 20_000 }).toBe(1);
  idle.destroy();
  await expect.poll(() => answer, { timeout: 20_000 }).toContain('HTTP/1.1 200');
  // What was never read keeps no place.
  expect((await host.send('GET /v1/notes?limit=1')).statusCode).toBe(200);
  reader.end();
  await once(reader, 'close');
  await host.close();
});

const connectionsOf = (server: {
  getConnections(done: (error: Error | null, count: number) => void): void;
}) => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
