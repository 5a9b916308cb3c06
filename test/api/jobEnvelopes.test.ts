import { describe, expect, test } from 'vitest';
import { openEnvelope } from '../../server/api/jobEnvelopes.ts';
import { job, pipesRecord, pushMessage, sqsRecord } from '../support/envelopes.ts';

test('a bare job is taken as it is', () => {
  expect(openEnvelope(job(1))).toEqual({ items: [{ job: job(1), messageId: null }], isBatch: false });
});

test('the records of an SQS trigger are a batch with ids', () => {
  const body = { Records: [sqsRecord(1), sqsRecord(2)] };
  expect(openEnvelope(body)).toEqual({
    items: [
      { job: job(1), messageId: 'message-1' },
      { job: job(2), messageId: 'message-2' },
    ],
    isBatch: true,
  });
});

test('a pipe sends an array of records, one record, or what its template made of them', () => {
  const item = { job: job(1), messageId: 'message-1' };
  expect(openEnvelope([pipesRecord(1)])).toEqual({ items: [item], isBatch: true });
  expect(openEnvelope(pipesRecord(1))).toEqual({ items: [item], isBatch: false });
  expect(openEnvelope([{ ...pipesRecord(1), body: job(1) }])).toEqual({ items: [item], isBatch: true });
  expect(openEnvelope([job(1)])).toEqual({ items: [{ job: job(1), messageId: null }], isBatch: true });
});

test("Pub/Sub's push carries the job as base64", () => {
  expect(openEnvelope(pushMessage(1))).toEqual({
    items: [{ job: job(1), messageId: 'message-1' }],
    isBatch: false,
  });
});

test('a message that can not be read is kept apart from its envelope', () => {
  const broken = { ...sqsRecord(1), body: '{"kind":' };
  expect(openEnvelope({ Records: [broken, sqsRecord(2)] })?.items).toEqual([
    { job: undefined, messageId: 'message-1' },
    { job: job(2), messageId: 'message-2' },
  ]);
  const { data: _, ...empty } = pushMessage(1).message;
  expect(openEnvelope({ ...pushMessage(1), message: empty })?.items).toMatchObject([{ job: undefined }]);
});

describe('what is no envelope is not opened', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'media.process'],
    ['an empty array', []],
    ['an empty batch', { Records: [] }],
    ['an array of arrays', [[job(1)]]],
    ['records of another source', { Records: [{ ...sqsRecord(1), eventSource: 'aws:s3' }] }],
    ['a record without an id', { Records: [{ ...sqsRecord(1), messageId: undefined }] }],
    ['one foreign record among known ones', { Records: [sqsRecord(1), { s3: {} }] }],
    ['bare jobs as records', { Records: [job(1)] }],
    ['a push without a subscription', { message: pushMessage(1).message }],
    ['a push without a message', { subscription: 'projects/p/subscriptions/s', message: null }],
    ['a job without a kind', { mediaId: job(1).mediaId }],
  ])('%s', (_name, body) => expect(openEnvelope(body)).toBeNull());
});
