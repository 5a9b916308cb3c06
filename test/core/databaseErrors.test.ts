import { expect, test } from 'vitest';
import { fromDatabaseError } from '../../server/core/databaseErrors.ts';

test.each(['CONNECTION_CLOSED', 'ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EMFILE'])(
  'a connection that can not be made for %s is something that is away, and comes back',
  (code) => {
    const failed = new Error('Failed query', { cause: Object.assign(new Error(code), { code }) });
    expect(fromDatabaseError(failed)).toMatchObject({ code: 'unavailable', retryAfterSeconds: 1 });
  },
);
