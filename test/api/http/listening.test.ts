import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../../server/api/http/listening.ts';
import { createHost, type Host } from '../host.ts';

const HOST = '127.0.0.1';
let host: Host;
let port: number;
beforeEach(async () => {
  host = await createHost();
  await listen(host.server, { host: HOST, port: 0 });
  ({ port } = host.server.server.address() as AddressInfo);
});
afterEach(() => host.close());

const statusOf = (path: string) =>
  new Promise<number>((resolve, reject) => {
    get({ host: HOST, port, path, agent: new Agent() }, (response) =>
      resolve(response.resume().statusCode!),
    ).on('error', reject);
  });

test.runIf(process.platform === 'linux')(
  'a process that is busy takes many new connections in each turn of its event loop',
  async () => {
    let taken = 0;
    host.server.server.on('connection', () => {
      taken += 1;
    });
    const clients: Socket[] = Array.from({ length: 200 }, () => connect(port, HOST));
    let turns = 0;
    for (; taken < clients.length; turns++) await turn();
    for (const client of clients) client.destroy();
    expect(turns).toBeLessThan(100);
  },
);

test('requests are answered by whichever socket took them, and when it closes, those that were accepted are', async () => {
  const accepted = Array.from({ length: 40 }, () => statusOf('/v1/slow?ms=300'));
  await expect.poll(() => host.seen.inputs.length).toBe(40);
  await host.close();
  expect(new Set(await Promise.all(accepted))).toEqual(new Set([200]));
  await expect(statusOf('/v1/notes')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('an address that is in use is refused', async () => {
  const other = await createHost();
  await expect(listen(other.server, { host: HOST, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await other.close();
});

test('once it is closed, its address is free', async () => {
  await host.close();
  const next = connect(port, HOST);
  expect(await once(next, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  host = await createHost();
  await listen(host.server, { host: HOST, port });
  expect(await statusOf('/health')).toBe(200);
});
