import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDataFolder } from '../support/dataFolder.ts';
import { startProgram } from '../support/program.ts';
import { type Services, startServices } from '../support/services.ts';
import { takeWholePath } from '../support/visit.ts';

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

/** Receives OTLP over HTTP. Names and attributes are plain text in its protobuf messages. */
async function startCollector() {
  const messages: Buffer[] = [];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers['x-collector-key']}`);
    messages.push(await buffer(request));
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => Buffer.concat(messages),
    requests,
    close: () => server.close(),
  };
}

test('requests, jobs, statements and calls of the store are traced, without what users wrote', async () => {
  await using folder = await makeDataFolder();
  const collector = await startCollector();
  const program = await startProgram('server/main.ts', {
    ...services.forDatabase,
    ...services.forApi,
    APP_MODE: 'combined',
    DATA_DIR: folder.path,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=secret',
    OTEL_SERVICE_NAME: 'ciel-of-the-test',
  });
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  await fetch(`${program.url}/v1/media/policy`, {
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });
  const { post } = await takeWholePath(program.url);
  await fetch(`${program.url}/health`);
  expect((await program.stop()).code).toBe(0);
  collector.close();

  const received = collector.received();
  for (const name of [
    'GET /v1/media/policy',
    'job media.process',
    'storage.write',
    'SELECT',
    'INSERT',
    'ciel-of-the-test',
  ])
    expect(received.includes(name), name).toBe(true);
  expect(received.includes(Buffer.from(traceId, 'hex'))).toBe(true);
  for (const text of [post.caption!, post.author.handle, '/health'])
    expect(received.includes(text), text).toBe(false);
  expect(new Set(collector.requests)).toEqual(new Set(['POST /v1/traces secret']));
});

test('a collector that is unavailable changes nothing', async () => {
  await using folder = await makeDataFolder();
  const program = await startProgram('server/main.ts', {
    ...services.forDatabase,
    ...services.forApi,
    APP_MODE: 'combined',
    DATA_DIR: folder.path,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  });
  expect((await fetch(`${program.url}/v1/media/policy`)).status).toBe(200);
  const { code, stderr } = await program.stop();
  expect([code, stderr]).toEqual([0, '']);
});
