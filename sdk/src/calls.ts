import { List, type Page } from './lists.ts';
import type { Signal } from './platform.ts';
import { type Kind, procedures } from './procedures.ts';
import type { Api } from './router.ts';
import type { Mutation, Query } from './shapes.ts';

/** Options of a single call. */
export interface CallOptions {
  /** Aborts the call, which then rejects with `aborted`. */
  signal?: Signal;
  /**
   * For writes: the server carries out calls with the same key only once. By default each call gets its own key, so that a retry
   * after a lost connection is safe.
   */
  idempotencyKey?: string;
}

type Answer<Output> = Output extends Page<infer Item> ? List<Item> : Promise<Output>;

type Call<Input, Output> =
  Record<never, never> extends Input
    ? (input?: Input, options?: CallOptions) => Answer<Output>
    : (input: Input, options?: CallOptions) => Answer<Output>;

/** Keys are not remapped: that would lose the doc comments of the procedures. */
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

/** Builds the functions of each domain from the generated table of procedures. */
export function createCalls(send: Send): Calls {
  const calls: Record<string, Record<string, unknown>> = {};
  for (const [domain, kinds] of Object.entries(procedures)) {
    calls[domain] = {};
    for (const [name, kind] of Object.entries(kinds)) {
      // Streams are read with `ciel.events()`.
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
