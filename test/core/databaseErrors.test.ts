import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { fromDatabaseError } from '../../server/core/databaseErrors.ts';

test.each(['CONNECTION_CLOSED', 'ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EMFILE'])(
  'a connection that can not be made for %s is something that is away, and comes back',
  (code) => {
    const failed = new Error('Failed query', { cause: Object.assign(new Error(code), { code }) });
    expect(fromDatabaseError(failed)).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 });
  },
);

test('a store that fails or does not respond is away too, and one that refuses a request is a bug', () => {
  const exception = ($fault: 'server' | 'client') =>
    new S3ServiceException({ name: 'SlowDown', $fault, $metadata: {} });
  const late = Object.assign(new Error('no response'), { name: 'TimeoutError' });
  for (const error of [exception('server'), late])
    expect(fromDatabaseError(error)).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 });
  expect(fromDatabaseError(exception('client'))).toBeNull();
});
