import { isIP } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CielError } from '../core/errors.ts';
import type { Log } from '../infra/log/log.ts';
import { NotAJob, PermanentFailure } from '../infra/queue/consumer.ts';
import { problemFor, problemHeaders } from './http/problems.ts';
import { createSecretCheck } from './http/secretCheck.ts';
import { type Enclosed, openEnvelope } from './jobEnvelopes.ts';

interface PostedJobsOptions {
  log: Log;
  runJob(job: unknown, signal: AbortSignal): Promise<void>;
  /** Null lets only this machine call. */
  token: string | null;
  /** Jobs of one request that run at once. */
  concurrency: number;
  onOutcome(outcome: string, posted: { body: unknown }, elapsedMs: number): void;
  closing: AbortSignal;
}

/** `failed` for good, which is recorded; `retry` later; `unreadable` is no job that may run here. */
type Result = 'done' | 'failed' | 'retry' | 'unreadable';

/** What the metrics call them, as where jobs come from a queue. */
const OUTCOMES = { done: 'done', failed: 'failed', retry: 'retried', unreadable: 'unreadable' } as const;

interface Outcome {
  result: Result;
  reason?: string;
}

/**
 * `POST /` and `POST /jobs/<token>` run the jobs that a platform posts. Only 200 acknowledges: 400 is not recognised, 401 may not call,
 * 503 is to be retried. In a batch of which a part failed, 200 names that part.
 */
export function servePostedJobs(server: FastifyInstance, options: PostedJobsOptions): void {
  const mayCall = callerCheck(options.token);
  // Before the body is read.
  const onRequest = async (request: FastifyRequest) => {
    if (!mayCall(request))
      throw new CielError('unauthenticated', { detail: 'Jobs are taken from holders of WORKER_TOKEN only' });
  };
  const handle = (request: FastifyRequest, reply: FastifyReply) => respond(request, reply, options);
  server.removeAllContentTypeParsers();
  // Platforms differ in the content type that they send.
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.post('/', { onRequest }, handle);
  server.post('/jobs/:token', { onRequest }, handle);
}

/** The token in the path decides where there is one: platforms that can't set a header send tokens of their own in it. */
function callerCheck(token: string | null): (request: FastifyRequest) => boolean {
  if (token === null) return ({ raw }) => isLoopback(raw.socket.remoteAddress);
  const isToken = createSecretCheck(token);
  return ({ params, headers }) => {
    const inPath = (params as { token?: string }).token;
    const given = inPath ?? /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    return isToken(given);
  };
}

/** By the socket: headers of proxies say nothing about who may call. */
export function isLoopback(address = ''): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

async function respond({ body, id }: FastifyRequest, reply: FastifyReply, options: PostedJobsOptions) {
  const envelope = openEnvelope(parsed(body));
  if (!envelope) throw notRecognised();
  const { items, isBatch } = envelope;
  const outcomes = await runAll(items, options);
  const failed = items.filter((_, at) => isUnfinished(outcomes[at]!));
  const failures = failed.every(({ messageId }) => messageId !== null)
    ? { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
    : null;
  // A message without an id can't be named, so the whole batch is delivered again.
  if (failed.length === 0 || (isBatch && failures && failed.length < items.length))
    return { ...(isBatch ? { status: 'done', ...failures } : describe(outcomes[0]!)) };
  const shown = isBatch ? failures : null;
  if (outcomes.some(({ result }) => result === 'retry'))
    return reply
      .code(503)
      .header('retry-after', '1')
      .send({ status: 'retry', ...shown });
  const error = notRecognised();
  return reply
    .code(400)
    .headers(problemHeaders(error))
    .send(JSON.stringify({ ...problemFor(error, id), ...shown }));
}

const notRecognised = () =>
  new CielError('invalid_input', { detail: 'The body holds no media job in a known envelope' });

const isUnfinished = ({ result }: Outcome) => result === 'retry' || result === 'unreadable';

const describe = ({ result, reason }: Outcome) => ({ status: result, ...(reason ? { reason } : {}) });

async function runAll(items: Enclosed[], options: PostedJobsOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const startedAt = performance.now();
      const outcome = await runOne(items[at]!, options);
      outcomes[at] = outcome;
      options.onOutcome(OUTCOMES[outcome.result], { body: items[at]!.job }, performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  return outcomes;
}

async function runOne({ job, messageId }: Enclosed, options: PostedJobsOptions): Promise<Outcome> {
  const { log, runJob, closing } = options;
  if (closing.aborted) return { result: 'retry' };
  try {
    await runJob(job, closing);
    return { result: 'done' };
  } catch (err) {
    if (err instanceof PermanentFailure) return { result: 'failed', reason: err.message };
    if (err instanceof NotAJob) {
      log.error({ messageId, reason: err.message }, 'a posted message is not a job; it is not acknowledged');
      return { result: 'unreadable' };
    }
    log.warn({ err, messageId }, 'a posted job failed and is to be retried');
    return { result: 'retry' };
  }
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}
