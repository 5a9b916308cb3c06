import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createHost, listen } from '../host.ts';

const ask = (port: number, agent: Agent, path: string) =>
  new Promise<{ status: number; body: string; connection: string | undefined }>((resolve, reject) => {
    get({ port, agent, path, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode!, body, connection: response.headers.connection }),
      );
    }).on('error', reject);
  });

test('accepted requests get their response, and the client is asked to close', async () => {
  const host = await createHost();
  const port = await listen(host.server);
  const agent = new Agent({ keepAlive: true });
  const accepted = Array.from({ length: 10 }, () => ask(port, agent, '/v1/slow?ms=3000'));
  await expect.poll(() => host.seen.inputs.length).toBe(10);
  await host.close();
  for (const { status, body, connection } of await Promise.all(accepted)) {
    expect([status, connection]).toEqual([200, 'close']);
    expect(JSON.parse(body)).toEqual({ done: true });
  }
});

test('clients that keep their connections busy lose no request', async () => {
  const host = await createHost({ drainMs: 300 });
  const port = await listen(host.server);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let refused = 0;
  const client = async () => {
    for (;;) {
      try {
        const { status, connection } = await ask(port, agent, '/v1/slow?ms=5');
        expect(status).toBe(200);
        if (connection === 'close') return;
      } catch (error) {
        // A new connection after the last one was closed is refused before anything of it is accepted.
        expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED');
        refused += 1;
        return;
      }
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await expect.poll(() => host.seen.inputs.length).toBeGreaterThan(50);
  const closing = host.close();
  await Promise.all(clients);
  await closing;
  expect(refused).toBeLessThanOrEqual(8);
});

test('readiness is gone as soon as the server begins to stop', async () => {
  const host = await createHost({ drainMs: 500 });
  const port = await listen(host.server);
  const agent = new Agent({ keepAlive: true });
  expect((await ask(port, agent, '/health/ready')).status).toBe(200);
  const closing = host.close();
  await expect.poll(async () => (await ask(port, agent, '/health/ready')).status).toBe(503);
  await closing;
});

test('until the drain is over, new connections are accepted and streams go on', async () => {
  const host = await createHost({ drainMs: 3000 });
  const port = await listen(host.server);
  const stream = await fetch(`http://127.0.0.1:${port}/v1/events`);
  const events = stream.body!.getReader();
  await events.read();
  const closing = host.close();
  const fresh = () => ask(port, new Agent(), '/health/ready');
  await expect.poll(async () => (await fresh()).status).toBe(503);
  expect((await ask(port, new Agent(), '/v1/slow?ms=5')).status).toBe(200);
  expect((await events.read()).done).toBe(false);
  await closing;
  while (!(await events.read()).done);
});

test('connections that nobody uses do not hold the server up', async () => {
  const host = await createHost();
  const port = await listen(host.server);
  const idle = connect(port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const ended = new Promise((resolve) => idle.once('close', resolve));
  await host.close();
  await ended;
});
