import { List, type Page } from './lists.ts';
import type { Signal } from './platform.ts';
import { type Kind, procedures } from './procedures.ts';
import type { Api } from './router.ts';
import type { Mutation, Query } from './shapes.ts';

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call; it then rejects with `aborted`. */
  signal?: Signal;
  /** Of a write: the same key never does it twice. Made for each call when left out, so that a try after a broken connection is safe. */
  idempotencyKey?: string;
}

type Answer<Output> = Output extends Page<infer Item> ? List<Item> : Promise<Output>;

type Call<Input, Output> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Answer<Output>
    : (input: Input, options?: CallOptions) => Answer<Output>;

/** Without a renamed key: only then do the procedures keep what is said of them. */
type CallsOf<Procedures> = {
  readonly [Name in keyof Procedures]: Procedures[Name] extends
    | Query<infer Input, infer Output>
    | Mutation<infer Input, infer Output>
    ? Call<Input, Output>
    : never;
};

/**
 * Every procedure as a plain function: `ciel.posts.create({ … })`.
 * @example
 * const post = await ciel.posts.get({ postId });
 */
export type Calls = { readonly [Domain in keyof Api]: CallsOf<Api[Domain]> };

export type Send = (path: string, kind: Kind, input: object, options: CallOptions) => Promise<unknown>;

/** The functions of each domain, made from the generated table of procedures. */
export function createCalls(send: Send): Calls {
  const calls: Record<string, Record<string, unknown>> = {};
  for (const [domain, kinds] of Object.entries(procedures)) {
    calls[domain] = {};
    for (const [name, kind] of Object.entries(kinds)) {
      // A stream is no call.
      if (kind === 'subscription') continue;
      const path = `${domain}.${name}`;
      calls[domain][name] = (input: { cursor?: string } = {}, options: CallOptions = {}) =>
        kind === 'list'
          ? new List(
              (cursor) =>
                send(path, kind, cursor === undefined ? input : { ...input, cursor }, options) as Promise<
                  Page<unknown>
                >,
              input.cursor,
            )
          : send(path, kind, input, options);
    }
  }
  return calls as unknown as Calls;
}
