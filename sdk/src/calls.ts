import type {
  AnyTRPCProcedure,
  AnyTRPCSubscriptionProcedure,
  inferProcedureInput,
  inferTransformedProcedureOutput,
} from '@trpc/server';
import { List, type Page } from './lists.ts';
import { procedures } from './procedures.ts';
import type { AppRouter } from './router.ts';

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
}

type Answer<Output> = Output extends Page<infer Item> ? List<Item> : Promise<Output>;

type Call<Input, Output> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Answer<Output>
    : (input: Input, options?: CallOptions) => Answer<Output>;

type CallsOf<Record> = {
  readonly [Name in keyof Record as Record[Name] extends AnyTRPCSubscriptionProcedure
    ? never
    : Name]: Record[Name] extends AnyTRPCProcedure
    ? Call<inferProcedureInput<Record[Name]>, inferTransformedProcedureOutput<AppRouter, Record[Name]>>
    : CallsOf<Record[Name]>;
};

/** Every procedure as a plain function: `ciel.posts.create({ … })`. */
export type Calls = CallsOf<AppRouter['_def']['record']>;

export type Send = (
  path: string,
  type: 'query' | 'mutation',
  input: unknown,
  options: CallOptions,
) => Promise<unknown>;

/** The functions of each domain, made from the generated table of procedures. */
export function createCalls(send: Send): Calls {
  const calls: Record<string, Record<string, unknown>> = {};
  for (const [path, kind] of Object.entries(procedures)) {
    // A stream is no call.
    if (kind === 'subscription') continue;
    const [domain, name] = path.split('.') as [string, string];
    calls[domain] ??= {};
    calls[domain][name] = (input?: Record<string, unknown>, options: CallOptions = {}) =>
      kind === 'list'
        ? new List(
            (cursor) =>
              send(
                path,
                'query',
                cursor === undefined ? (input ?? {}) : { ...input, cursor },
                options,
              ) as Promise<Page<unknown>>,
            input?.cursor as string | undefined,
          )
        : send(path, kind, input ?? {}, options);
  }
  return calls as unknown as Calls;
}
