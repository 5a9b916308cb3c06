import { afterEach, describe, expect, test } from 'vitest';
import { createMetrics } from '../../server/api/monitoring/metrics.ts';
import { isLoopback } from '../../server/api/postedJobs.ts';
import { createWorkerServer } from '../../server/api/workerServer.ts';
import { createLog } from '../../server/infra/log/log.ts';
import { NotAJob, PermanentFailure } from '../../server/infra/queue/consumer.ts';
import { isMediaJob, kindOf } from '../../server/jobs/index.ts';
import { job, pipesRecord, pushMessage, sqsRecord } from '../support/envelopes.ts';
import { ADMIN_TOKEN } from './host.ts';

const TOKEN = 'a-token.of~40_characters-for-the-workers';
const FAULTS: Record<string, () => Error> = {
  [job(7).mediaId]: () => new Error('the store is away'),
  [job(8).mediaId]: () => new PermanentFailure('the photograph is gone'),
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closers.splice(0).map((close) => close()))));

function startWorker(token: string | null) {
  const ran: string[] = [];
  const lines: string[] = [];
  const metrics = createMetrics();
  const server = createWorkerServer({
    drainMs: 0,
    log: createLog('debug', { write: (line: string) => void lines.push(line) }),
    probes: {},
    metrics,
    adminToken: ADMIN_TOKEN,
    postedJobs: {
      token,
      concurrency: 2,
      onOutcome: (outcome, { body }, ms) =>
        metrics.observeJob(kindOf(body) ?? 'unreadable', outcome, ms / 1000),
      async runJob(posted) {
        if (!isMediaJob(posted)) throw new NotAJob('Not a media job');
        const { mediaId } = posted as { mediaId: string };
        ran.push(mediaId);
        const fault = FAULTS[mediaId];
        if (fault) throw fault();
      },
    },
  });
  closers.push(() => server.close());
  async function post(body: unknown, { url = '/', headers = {}, remoteAddress = '127.0.0.1' } = {}) {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await server.inject({ method: 'POST', url, headers, payload, remoteAddress });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  }
  const readMetrics = (adminToken?: string) =>
    server.inject({
      url: '/metrics',
      headers: adminToken === undefined ? {} : { 'x-admin-token': adminToken },
    });
  return { post, ran, lines, readMetrics };
}

describe('a request with one job', () => {
  test.each([
    ['a bare job', job],
    ["Pub/Sub's push", pushMessage],
    ['a record of a pipe', pipesRecord],
  ])('%s is acknowledged when it is done or failed for good, and only then', async (_name, enclose) => {
    const { post, ran } = startWorker(null);
    expect(await post(enclose(1))).toMatchObject({ status: 200, body: { status: 'done' } });
    expect(await post(enclose(8))).toMatchObject({ status: 200, body: { status: 'failed' } });
    const { status, body, headers } = await post(enclose(7));
    expect([status, body, headers['retry-after']]).toEqual([503, { status: 'retry' }, '1']);
    expect(ran).toEqual([job(1).mediaId, job(8).mediaId, job(7).mediaId]);
  });

  test.each([
    ['another kind', { kind: 'media.removeObjects', keys: ['orig/1'] }],
    ['no id', { kind: 'media.process' }],
    ['an unknown envelope', { detail: job(1), 'detail-type': 'media' }],
    ['not JSON', '{"kind":'],
    ['nothing', ''],
  ])('%s runs nothing and is not acknowledged', async (_name, body) => {
    const { post, ran } = startWorker(null);
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(ran).toEqual([]);
  });
});

describe('a batch', () => {
  const failures = (...numbers: number[]) => ({
    batchItemFailures: numbers.map((n) => ({ itemIdentifier: `message-${n}` })),
  });
  const unreadable = (n: number) => sqsRecord(n, '{"kind":');

  test('names the messages that are to be delivered again, and runs all others', async () => {
    const { post, ran } = startWorker(null);
    const Records = [sqsRecord(1), sqsRecord(7), unreadable(3), sqsRecord(8), sqsRecord(2)];
    expect(await post({ Records })).toMatchObject({ status: 200, body: failures(7, 3) });
    expect(ran.toSorted()).toEqual([1, 2, 7, 8].map((n) => job(n).mediaId));
    expect(await post(Records)).toMatchObject({ status: 200, body: failures(7, 3) });
  });

  test('of which nothing failed is acknowledged whole', async () => {
    const { post } = startWorker(null);
    expect((await post({ Records: [sqsRecord(1), sqsRecord(8)] })).body).toEqual({
      status: 'done',
      batchItemFailures: [],
    });
    expect(await post([job(1), job(2)])).toMatchObject({ status: 200 });
  });

  test('of which everything failed is not acknowledged', async () => {
    const { post } = startWorker(null);
    expect(await post([pipesRecord(7)])).toMatchObject({ status: 503, body: failures(7) });
    expect(await post({ Records: [unreadable(1), unreadable(2)] })).toMatchObject({
      status: 400,
      body: { ...failures(1, 2), code: 'invalid_input' },
    });
  });

  test('whose messages have no ids is acknowledged whole or not at all', async () => {
    const { post } = startWorker(null);
    const { status, body } = await post([job(1), job(7)]);
    expect([status, body]).toEqual([503, { status: 'retry' }]);
    expect(await post([job(1), { kind: 'feed.fanOut' }])).toMatchObject({ status: 400 });
  });

  test('with one message that is not recognised runs nothing', async () => {
    const { post, ran } = startWorker(null);
    expect(await post({ Records: [sqsRecord(1), { eventSource: 'aws:s3' }] })).toMatchObject({ status: 400 });
    expect(ran).toEqual([]);
  });
});

describe('who may call', () => {
  test('holders of the token, in the header or in the path', async () => {
    const { post, ran } = startWorker(TOKEN);
    const remoteAddress = '203.0.113.9';
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await post(job(1), { headers: bearer(TOKEN), remoteAddress })).toMatchObject({ status: 200 });
    expect(await post(job(2), { url: `/jobs/${TOKEN}`, remoteAddress })).toMatchObject({ status: 200 });
    // A platform that signs its requests sends a token of its own.
    const signed = { url: `/jobs/${TOKEN}`, headers: bearer('eyJhbGciOi.J9.x'), remoteAddress };
    expect(await post(job(3), signed)).toMatchObject({ status: 200 });
    expect(ran).toHaveLength(3);
  });

  test('nobody else, from this machine neither, and what they send is not acknowledged', async () => {
    const { post, ran, lines } = startWorker(TOKEN);
    for (const call of [
      {},
      { headers: { authorization: `Bearer ${TOKEN}x` } },
      { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } },
      { headers: { authorization: `Basic ${TOKEN}` } },
      { headers: { authorization: 'Bearer' } },
      { headers: { 'x-worker-token': TOKEN } },
      { url: `/?token=${TOKEN}` },
      { url: '/jobs/' },
      { url: `/jobs/${TOKEN.slice(1)}` },
      { url: '/jobs/wrong', headers: { authorization: `Bearer ${TOKEN}` } },
    ]) {
      const { status, body, headers } = await post('not read', call);
      expect([status, body.code, headers['www-authenticate']], JSON.stringify(call)).toEqual([
        401,
        'unauthenticated',
        'Bearer',
      ]);
      expect(JSON.stringify(body)).not.toContain(TOKEN.slice(1, -1));
    }
    expect(ran).toEqual([]);
    expect(lines.join('')).not.toContain(TOKEN.slice(1, -1));
  });

  test('the token is never logged, whatever happens to the request', async () => {
    const { post, lines } = startWorker(TOKEN);
    const url = `/jobs/${TOKEN}`;
    expect(await post(job(7), { url })).toMatchObject({ status: 503 });
    expect(await post({ Records: [sqsRecord(1, 'x')] }, { url })).toMatchObject({ status: 400 });
    expect(await post('x'.repeat(7 * 1024 * 1024), { url })).toMatchObject({ status: 413 });
    expect(await post(job(1), { url: `${url}/more` })).toMatchObject({ status: 404 });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(TOKEN);
  });

  test('without a token this machine only, by the address of the socket', async () => {
    const { post, ran } = startWorker(null);
    for (const remoteAddress of ['203.0.113.9', '10.0.0.7', '::2', '::ffff:10.0.0.7']) {
      const headers = { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1', 'x-real-ip': '::1' };
      expect(await post(job(1), { headers, remoteAddress })).toMatchObject({ status: 401 });
    }
    expect(ran).toEqual([]);
    for (const remoteAddress of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])
      expect(await post(job(1), { remoteAddress })).toMatchObject({ status: 200 });
  });

  test.each(['127.evil.example', '128.0.0.1', '::', '', undefined])('%s is another machine', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});

describe('metrics', () => {
  test('are read with the admin token only', async () => {
    const { readMetrics } = startWorker(null);
    for (const wrong of [undefined, '', 'guess'])
      expect((await readMetrics(wrong)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    const { statusCode, body } = await readMetrics(ADMIN_TOKEN);
    expect([statusCode, body]).toEqual([200, expect.stringContaining('process_resident_memory_bytes')]);
  });

  test('count posted jobs by their outcome, and never by a kind that a caller chose', async () => {
    const { post, readMetrics } = startWorker(null);
    for (const id of [1, 2, 7, 8]) await post(job(id));
    await post({ kind: 'canary' });
    const { body } = await readMetrics(ADMIN_TOKEN);
    const counts = [...body.matchAll(/ciel_job_seconds_count\{(.*)\} (\d+)/g)].map(
      ([, labels, n]) => `${labels} ${n}`,
    );
    expect(counts.sort()).toEqual([
      'kind="media.process",outcome="done" 2',
      'kind="media.process",outcome="failed" 1',
      'kind="media.process",outcome="retried" 1',
      'kind="unreadable",outcome="unreadable" 1',
    ]);
  });
});
