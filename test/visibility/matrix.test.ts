import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, endpointsOf, streamsOf } from '../../server/api/rest/endpoints.ts';
import { fieldsOf } from '../../server/api/rest/inputFields.ts';
import { appRouter } from '../../server/api/router.ts';
import type { FieldError } from '../../server/core/errors.ts';
import { type Answer, call, headersOf, surfaces } from './call.ts';
import { type Cast, createCast, type Subject, type ViewerKind, viewers } from './cast.ts';
import { isSeen, MISSING, type Row, rows, type Scene, subjectsOf } from './rows.ts';

/** Streams have a test of their own, because a call of this one runs to its end. Every procedure of the router × every kind of viewer × every state of a thing × both surfaces, against a plain model. */
const endpoints = endpointsOf(appRouter(null as never));

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
}, 120_000);
afterAll(() => cast.close());

test('every procedure has a row', () => {
  expect(Object.keys(rows).sort()).toEqual(endpoints.map(({ name }) => name).sort());
});

/** Streams tell their own viewer alone, so there is nothing but who may open them. */
const streams = streamsOf(appRouter(null as never));

test('every stream needs a signed-in user', async () => {
  expect(streams.map(({ name }) => name)).toEqual(['feed.events']);
  const refused: Partial<Record<ViewerKind, string>> = {
    anonymous: 'unauthenticated',
    admin: 'unauthenticated',
    banned: 'account_banned',
  };
  for (const { path } of streams) {
    for (const [viewer, code] of Object.entries(refused) as [ViewerKind, string][]) {
      const headers = headersOf(cast, viewer, cast.subjects[0]!);
      const { body, statusCode } = await cast.server.inject({ url: `/v1${path}`, headers });
      expect([viewer, statusCode, JSON.parse(body).code]).toEqual([viewer, 401, code]);
    }
  }
});

function expected({ meta }: Endpoint, row: Row, scene: Scene): string {
  const { viewer, subject } = scene;
  if (meta.access === 'admin') return viewer === 'admin' ? (row.admin?.(scene) ?? 'ok') : 'forbidden';
  const isNobody = viewer === 'anonymous' || viewer === 'admin';
  if (meta.access === 'user' && isNobody) return 'unauthenticated';
  if (viewer === 'banned' && meta.access !== 'public' && !row.whileBanned) return 'account_banned';
  if (viewer === 'owner' && subject.state === 'deleted' && row.again) return row.again;
  if (!isSeen(row, viewer, subject)) return row.unseen ?? 'not_found';
  return row.code?.(scene) ?? 'ok';
}

const isHidden = ({ meta }: Endpoint, row: Row, viewer: ViewerKind, subject: Subject) =>
  meta.access !== 'admin' && viewer !== 'owner' && !isSeen(row, viewer, subject) && row.unseen === undefined;

const idNames = ['userId', 'postId', 'storyId', 'mediaId', 'uploadId', 'commentId', 'highlightId'];

/** The same input with every id one that nothing ever had. */
const missing = (input: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      idNames.includes(name) ? MISSING : name === 'handle' ? 'nobody_at_all' : value,
    ]),
  );

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (name, endpoint) => {
  test('decides as the rule says, alike over REST and tRPC, and hides as if nothing were there', async () => {
    const row = rows[name]!;
    const deviations: string[] = [];
    for (const subject of subjectsOf(row, cast.subjects)) {
      await Promise.all(viewers.map((viewer) => look(row, subject, viewer, deviations)));
    }
    expect(deviations).toEqual([]);
  });

  test('takes no field that is not its own, on either surface', async () => {
    const subject = cast.subjects[0]!;
    const viewer = endpoint.meta.access === 'admin' ? 'admin' : 'owner';
    const input = rows[name]!.input({ subject, viewer, cast });
    const own = Object.keys(fieldsOf(endpoint.input));
    const foreign = Object.fromEntries(Object.entries(FOREIGN).filter(([field]) => !own.includes(field)));
    for (const surface of surfaces) {
      const headers = headersOf(cast, viewer, subject);
      const answer = await call(cast, surface, endpoint, { ...input, ...foreign }, headers);
      expect([surface, answer.code, fieldsNamed(answer)]).toEqual([
        surface,
        'invalid_input',
        Object.keys(foreign).sort(),
      ]);
    }
  });

  async function look(row: Row, subject: Subject, viewer: ViewerKind, deviations: string[]) {
    const scene: Scene = { subject, viewer, cast };
    const input = row.input(scene);
    const headers = headersOf(cast, viewer, subject);
    const answers: Answer[] = [];
    for (const surface of surfaces) answers.push(await call(cast, surface, endpoint, input, headers));
    const wanted = expected(endpoint, row, scene);
    const place = `${viewer} × ${subject.state}`;
    for (const [index, { code }] of answers.entries()) {
      if (code !== wanted) deviations.push(`${place} over ${surfaces[index]}: ${code} instead of ${wanted}`);
    }
    if (answers[0]!.limit !== answers[1]!.limit) deviations.push(`${place}: another bucket on each surface`);
    if (wanted === 'not_found' && isHidden(endpoint, row, viewer, subject)) {
      const nothing = await call(cast, 'REST', endpoint, missing(input), headers);
      if (comparable(nothing) !== comparable(answers[0]!))
        deviations.push(`${place}: hidden differs from missing`);
    }
  }
});

/** Headers of a caller who claims to be another user, or an operator. */
const FOREIGN = {
  role: 'admin',
  isAdmin: 'true',
  trustLevel: '3',
  trustPoints: '1000',
  bannedUntil: 'null',
  id: MISSING,
  ownerId: MISSING,
  authorId: MISSING,
  viewerId: MISSING,
  status: 'completed',
  likeCount: '1000',
  createdAt: '2020-01-01T00:00:00.000Z',
  deletedAt: 'null',
};

function fieldsNamed({ body }: Answer): string[] {
  const { errors, error } = body as {
    errors?: FieldError[];
    error?: { json: { data: { errors: FieldError[] } } };
  };
  return (errors ?? error!.json.data.errors).map(({ field }) => field).sort();
}

const comparable = ({ text }: Answer) => text.replace(/"ratelimit-(remaining|reset)":"?\d+"?/g, '');
