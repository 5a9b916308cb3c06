import { initTRPC, type TRPC_ERROR_CODE_NUMBER, TRPCError } from '@trpc/server';
import { type Context, FOR_EVER, type Viewer } from './context.ts';
import { fromDatabaseError } from './databaseErrors.ts';
import {
  badFields,
  CielError,
  type ErrorCode,
  errorCatalogue,
  type FieldError,
  MAX_NAMED,
} from './errors.ts';
import { isUserLimit, type LimitName } from './limits.ts';
import { statusOf } from './statuses.ts';
import { transformer } from './transformer.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Access = 'public' | 'viewer' | 'user' | 'admin';

export interface Meta {
  /** Method and path under /v1. */
  rest: `${Method} /${string}`;
  limit: LimitName;
  /** One line, for people. */
  summary: string;
  /** More, in Markdown. */
  description?: string;
  /** Status of success when it is not 201 for a create, 204 without an answer, 200 otherwise. */
  status?: 200 | 201 | 202 | 204;
  /** Path under /v1 of what was created, filled from the answer (`/posts/{id}`); makes it a 201 with Location. */
  location?: `/${string}`;
  /** Errors beyond those that follow from access, limit and input. */
  errors?: ErrorCode[];
  /** Somebody who is banned may call it too. */
  whileBanned?: true;
  /** Done before the transaction of an Idempotency-Key: it may wait for the store, and what it writes stands though it throws. */
  before?: (viewer: Viewer, input: unknown) => Promise<void>;
  /** Further REST paths that do the same. */
  aliases?: `${Method} /${string}`[];
  /** It will go: every answer says so. */
  deprecated?: Deprecated;
  /** Set by the builder. */
  access?: Access;
}

/** Days as `2027-01-31`. */
export interface Deprecated {
  since: string;
  /** When it may be gone; not said while nobody has decided. */
  sunset?: string;
  /** The procedure to call in its place. */
  instead?: string;
}

export interface ErrorShape {
  message: string;
  code: TRPC_ERROR_CODE_NUMBER;
  data: {
    code: ErrorCode;
    httpStatus: number;
    path: string | undefined;
    requestId: string | undefined;
    errors: FieldError[];
    retryAfterSeconds: number | undefined;
  };
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer,
    errorFormatter({ shape, error, ctx }): ErrorShape {
      const problem = problemOf(error);
      return {
        message: problem.message,
        code: shape.code,
        data: {
          code: problem.code,
          httpStatus: statusOf(problem.code),
          path: shape.data.path,
          requestId: ctx?.requestId,
          errors: problem.errors,
          retryAfterSeconds: problem.retryAfterSeconds,
        },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** The failure as a client may know it: nothing of the cause of an internal one. */
export function problemOf(error: TRPCError): CielError {
  if (error.cause instanceof CielError) return error.cause;
  const issues = issuesOf(error.cause);
  if (error.code === 'BAD_REQUEST' && issues) return badFields(issues);
  const code = (Object.keys(errorCatalogue) as ErrorCode[]).find(
    (word) => word !== 'internal' && errorCatalogue[word].kind === error.code,
  );
  if (error.code === 'PARSE_ERROR')
    return new CielError('invalid_input', { detail: 'The body is not valid JSON' });
  return new CielError(code ?? 'internal');
}

interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string;
  keys?: string[];
  origin?: string;
  minimum?: number;
  maximum?: number;
  format?: string;
  expected?: string;
  values?: unknown[];
}

function issuesOf(cause: unknown): FieldError[] | null {
  const issues = (cause as { issues?: Issue[] } | undefined)?.issues;
  if (!Array.isArray(issues)) return null;
  // One more than are named.
  const first = issues.slice(0, MAX_NAMED + 1);
  return first.flatMap((issue) => {
    const { path, code, keys } = issue;
    return code === 'unrecognized_keys' && keys
      ? keys.slice(0, MAX_NAMED + 1).map((key) => ({
          field: [...path, key].map(String).join('.'),
          message: 'is not a field of this request',
        }))
      : [{ field: path.map(String).join('.'), message: textOf(issue) }];
  });
}

/** What the library says of what it did not like, in words that can stand at a field; a schema's own words stay. */
function textOf({ message, code, origin, minimum, maximum, format, expected, values }: Issue): string {
  const things = origin === 'array' ? 'entries' : 'characters';
  if (!LIBRARYS.test(message)) return message;
  if (code === 'too_small' && isCounted(origin))
    return minimum === 1 ? 'is empty' : `has fewer than ${minimum} ${things}`;
  if (code === 'too_big' && isCounted(origin)) return `has more than ${maximum} ${things}`;
  if (code === 'too_small') return `is less than ${minimum}`;
  if (code === 'too_big') return `is more than ${maximum}`;
  if (format === 'email') return 'is not an e-mail address';
  if (format === 'uuid') return 'is not a UUID';
  if (message.endsWith('received undefined')) return 'is missing';
  if (values) return `is none of ${values.join(', ')}`;
  return code === 'invalid_type' ? `is not of the type ${expected}` : message;
}

const LIBRARYS = /^(Too (small|big)|Invalid)/;

const isCounted = (origin: string | undefined) => origin === 'string' || origin === 'array';

const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  const known = cause instanceof CielError ? cause : fromDatabaseError(cause);
  if (known)
    throw new TRPCError({ code: errorCatalogue[known.code].kind, message: known.message, cause: known });
  return result;
});

/** An empty call lacks every field, as an empty body does over REST. */
const readNothingAsEmpty = t.middleware(({ getRawInput, next }) =>
  next({ getRawInput: async () => (await getRawInput()) ?? {} } as object),
);

const base = t.procedure.use(translateErrors).use(readNothingAsEmpty);

export const publicProcedure = base.meta({ access: 'public' } as Meta).use(async ({ ctx, meta, next }) => {
  await ctx.spend(meta!.limit, null);
  return next();
});

function refuseBanned(viewer: Viewer | null, { whileBanned }: Meta): void {
  if (!viewer?.bannedUntil || whileBanned) return;
  const ends = viewer.bannedUntil < FOR_EVER ? `until ${viewer.bannedUntil.toISOString()}` : 'for ever';
  throw new CielError('account_banned', {
    detail: `The account is banned ${ends}: it can be read, exported, deleted, and the ban appealed`,
  });
}

export const viewerProcedure = base.meta({ access: 'viewer' } as Meta).use(async ({ ctx, meta, next }) => {
  const viewer = await ctx.authenticate();
  await ctx.spend(viewer || !isUserLimit(meta!.limit) ? meta!.limit : 'anonymousRead', viewer);
  refuseBanned(viewer, meta!);
  return next({ ctx: { viewer } });
});

export const userProcedure = base
  .meta({ access: 'user' } as Meta)
  .use(async ({ ctx, meta, next }) => {
    const viewer = await ctx.authenticate();
    if (!viewer) throw new CielError('unauthenticated');
    await ctx.spend(meta!.limit, viewer);
    refuseBanned(viewer, meta!);
    return next({ ctx: { viewer } });
  })
  .use(async ({ ctx, type, path, meta, getRawInput, next }) => {
    if (type !== 'mutation') return next();
    const input = await getRawInput();
    await meta!.before?.(ctx.viewer, input);
    return once(ctx, path, input, next);
  });

export const adminProcedure = base.meta({ access: 'admin' } as Meta).use(async ({ ctx, meta, next }) => {
  await ctx.spend(meta!.limit, null);
  return next({ ctx: { actor: ctx.requireAdmin() } });
});

type Result = { ok: boolean };

/** Keeps a failed result out of the transaction of the key by throwing it, and hands it on as it was. */
async function once<R extends Result>(
  ctx: Context & { viewer: Viewer },
  path: string,
  input: unknown,
  next: () => Promise<R>,
): Promise<R> {
  let failed: R | undefined;
  let passed: R | undefined;
  const data = await ctx
    .once(ctx.viewer, path, input, async () => {
      const result = await next();
      if (!result.ok) {
        failed = result;
        throw new Error('failed');
      }
      passed = result;
      return (result as R & { data: unknown }).data;
    })
    .catch((error: unknown) => {
      if (failed) return undefined;
      throw error;
    });
  return failed ?? passed ?? ({ marker: 'middlewareMarker', ok: true, data } as unknown as R);
}
