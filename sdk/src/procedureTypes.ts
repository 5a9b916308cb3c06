import type { Page } from './lists.ts';
import type { Api } from './router.ts';

type PathsIn<Domain extends keyof Api> = `${Domain}.${keyof Api[Domain] & string}`;

/** The name of a procedure: `'posts.create'`. */
export type ProcedureName = { [Domain in keyof Api]: PathsIn<Domain> }[keyof Api];

type ProcedureAt<Name extends ProcedureName> = Name extends `${infer Domain extends keyof Api}.${infer Own}`
  ? Own extends keyof Api[Domain]
    ? Api[Domain][Own]
    : never
  : never;

/**
 * The input of a procedure.
 * @example
 * const draft: InputOf<'posts.create'> = { mediaIds: [], visibility: 'public' };
 */
export type InputOf<Name extends ProcedureName> =
  ProcedureAt<Name> extends { input: infer Input } ? Input : never;

/**
 * The output of a procedure; for a list, one page of it. Most outputs also have a name of their own: that of `auth.me` is `Me`.
 * @example
 * const [me, setMe] = useState<OutputOf<'auth.me'> | null>(null);
 */
export type OutputOf<Name extends ProcedureName> =
  ProcedureAt<Name> extends { output: infer Output } ? Output : never;

/**
 * One item of a list.
 * @example
 * const Follower = ({ user }: ItemOf<'social.followers'>) => …;
 */
export type ItemOf<Name extends ProcedureName> = OutputOf<Name> extends Page<infer Item> ? Item : never;
