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
import { isViewerGone } from './viewerGone.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
export type Access = 'public' | 'viewer' | 'user' | 'admin';

export interface Meta {
  /** Method and path under /v1. */
  rest: `${Method} /${string}`;
  limit: LimitName;
  /** One line, for people. */
  summary: string;
  /** More detail, in Markdown. */
  description?: string;
  /** Status of success. Default: 201 for a create, 204 without a response body, 200 otherwise. */
  status?: 200 | 201 | 202 | 204;
  /** Path under /v1 of the created resource, filled from the response (`/posts/{id}`). Makes it a 201 with Location. */
  location?: `/${string}`;
  /** Errors beyond those that follow from access, limit and input. */
  errors?: ErrorCode[];
  /** Banned users may call it too. */
  whileBanned?: true;
  /**
   * Runs before the transaction of an Idempotency-Key, because it may wait for the object store. What it writes stays
   * even if the request then fails. The procedure gets what it returns as `ctx.prepared`.
   */
  before?: (viewer: Viewer, input: unknown) => Promise<unknown>;
  /** Further REST paths to the same procedure. */
  aliases?: `${Method} /${string}`[];
  /** It will be removed: every response says so. */
  deprecated?: Deprecated;
  /** Set by the builder. */
  access?: Access;
}

/** Days as `2027-01-31`. */
export interface Deprecated {
  since: string;
  /** When it may be removed; missing until that is decided. */
  sunset?: string;
  /** The procedure to call instead. */
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

/** The failure as a client may see it, without the cause of an internal error. */
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
  // One more than is named, so that `badFields` can tell that there are more.
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

/** Replaces zod's own messages by ones that can follow a field's name; messages set in a schema stay. */
function textOf({ message, code, origin, minimum, maximum, format, expected, values }: Issue): string {
  const things = origin === 'array' ? 'entries' : 'characters';
  if (!LIBRARYS.test(message)) return message;
  if (code === 'too_small' && isCounted(origin))
    return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} ${things}`;
  if (code === 'too_big' && isCounted(origin)) return `must have at most ${maximum} ${things}`;
  if (code === 'too_small') return `must be at least ${minimum}`;
  if (code === 'too_big') return `must be at most ${maximum}`;
  if (format === 'email') return 'must be an email address';
  if (format === 'uuid') return 'must be a UUID';
  if (message.endsWith('received undefined')) return 'is required';
  if (values) return `must be one of ${values.join(', ')}`;
  return code === 'invalid_type' ? `must be of type ${expected}` : message;
}

const LIBRARYS = /^(Too (small|big)|Invalid)/;

const isCounted = (origin: string | undefined) => origin === 'string' || origin === 'array';

const translateErrors = t.middleware(async ({ meta, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  const found = cause instanceof CielError ? cause : fromDatabaseError(cause);
  const known = found && isViewerGone(found, meta!) ? new CielError('unauthenticated') : found;
  if (known)
    throw new TRPCError({ code: errorCatalogue[known.code].kind, message: known.message, cause: known });
  return result;
});

/** A call without input is validated like an empty REST body: every required field is reported as missing. */
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
  const ends = viewer.bannedUntil < FOR_EVER ? `until ${viewer.bannedUntil.toISOString()}` : 'permanently';
  throw new CielError('account_banned', {
    detail: `The account is banned ${ends}; you can still read, export and delete it, and appeal the ban`,
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
    const isRead = type !== 'mutation';
    const input = isRead ? undefined : await getRawInput();
    const prepared = isRead ? undefined : await meta!.before?.(ctx.viewer, input);
    const run = () => next({ ctx: { prepared } });
    return isRead ? run() : once(ctx, path, input, run);
  });

export const adminProcedure = base.meta({ access: 'admin' } as Meta).use(async ({ ctx, meta, next }) => {
  await ctx.spend(meta!.limit, null);
  return next({ ctx: { actor: ctx.requireAdmin() } });
});

type Result = { ok: boolean };

/**
 * Rolls the key's transaction back when the procedure fails, by throwing inside it, and then returns the failed
 * result unchanged.
 */
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
