import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { listen } from '../../../server/api/http/listening.ts';
import { createHost } from '../host.ts';

/** More than are accepted in one turn of the event loop. */
const CLIENTS = 160;

/** Connects while the server's thread is blocked, sends, and says what came back to each. */
const clients = `
  const { connect } = require('node:net');
  const { parentPort, workerData: { port, count, connected } } = require('node:worker_threads');
  let left = count;
  const outcomes = Array.from({ length: count }, () => new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /v1/slow?ms=0 HTTP/1.1\\r\\nHost: ciel\\r\\n\\r\\n');
      if (--left > 0) return;
      Atomics.store(connected, 0, 1);
      Atomics.notify(connected, 0);
    });
    socket.setEncoding('utf8').on('data', (part) => { text += part; });
    socket.on('error', ({ code }) => resolve(code));
    socket.on('close', () => resolve(text.split(' ')[1] ?? 'nothing'));
  }));
  Promise.all(outcomes).then((all) => parentPort.postMessage(all));
`;

test('who stands in the backlog when the server closes is served', async () => {
  const host = await createHost();
  await listen(host.server, { host: '127.0.0.1', port: 0 });
  const { port } = host.server.server.address() as { port: number };
  const connected = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(clients, { eval: true, workerData: { port, count: CLIENTS, connected } });
  const outcomes = new Promise<string[]>((resolve) => worker.once('message', resolve));
  // Nothing is accepted meanwhile: the system alone completes the connections.
  Atomics.wait(connected, 0, 0);
  const closing = host.close();
  expect(new Set(await outcomes)).toEqual(new Set(['200']));
  await closing;
});
