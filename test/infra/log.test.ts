import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLog } from '../../server/infra/log/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('each line is one JSON object with its level as a word and its time in ISO 8601', () => {
  const [line] = logged((log) => log.warn({ handle: 'alice\n{"level":"error"}' }, 'two\nlines'));
  expect(line).toMatchObject({ level: 'warn', handle: 'alice\n{"level":"error"}', msg: 'two\nlines' });
  expect(line!.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('no field that carries a secret is written, however deep it lies', () => {
  const secrets = { password: 'canary', authorization: 'canary', kept: 1 };
  const lines = logged((log) => {
    log.info(secrets, 'at the top');
    log.info({ request: { body: { people: [{ refreshToken: 'canary', kept: 1 }] } } }, 'far down');
    log.child({ requestId: 'r-1' }).error({ inviteCode: 'canary', kept: 1 }, 'of a child');
  });
  expect(JSON.stringify(lines)).not.toContain('canary');
  expect(JSON.stringify(lines).match(/"kept":1/g)).toHaveLength(3);
  expect(lines[2]).toMatchObject({ requestId: 'r-1' });
});

test('an error is written with its message, and lines below the level are not', () => {
  const lines = logged((log) => {
    log.debug({}, 'not this');
    log.error({ err: new TypeError('broken') }, 'this');
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]!.err).toMatchObject({ name: 'TypeError', message: 'broken' });
});

test('an error is written without what people typed: no parameters of a query, no details of a constraint', () => {
  const refused = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(canary)',
  });
  const failed = new DrizzleQueryError('insert into users values ($1)', ['canary'], refused);
  const lines = logged((log) => {
    log.error({ err: failed }, 'a job failed');
    log.error({ error: new Error('twice', { cause: failed }) }, 'a job failed');
  });
  expect(JSON.stringify(lines)).not.toContain('canary');
  expect(lines[0]!.err).toMatchObject({
    message: 'Failed query: insert into users values ($1)',
    cause: { message: 'duplicate key', code: '23505' },
  });
  expect(lines[1]!.error).toMatchObject({ message: 'twice', cause: { name: 'Error' } });
});
