import type { Ciel } from '../../script.ts';
import type { Progress } from './terminal.ts';

export interface Option {
  kind: 'text' | 'number' | 'flag';
  /** For people, in the help. */
  says: string;
  isRequired: boolean;
}

const option =
  <Kind extends Option['kind']>(kind: Kind) =>
  (says: string) => ({ kind, says, isRequired: false as const });

export const text = option('text');
export const number = option('number');
export const flag = option('flag');
export const required = (says: string) => ({ kind: 'text' as const, says, isRequired: true as const });

type Options = Record<string, Option>;
type Of<O extends Option> = O['kind'] extends 'flag'
  ? boolean
  : (O['kind'] extends 'number' ? number : string) | (O['isRequired'] extends true ? never : undefined);

/** What was typed after the name of a command, and what else it may use. */
export interface Call<Takes extends string = string, O extends Options = Options> {
  args: Record<Takes, string>;
  /** Further arguments, of a command that takes any number. */
  rest: string[];
  options: { [Name in keyof O]: Of<O[Name]> };
  /** Who acts, for the audit log. */
  actor: string;
  progress: Progress;
}

interface Declaration<Takes extends string, O extends Options, Input, Result> {
  name: string;
  /** One line, for people. */
  says: string;
  /** Arguments by name, each with what it is. */
  takes?: Record<Takes, string>;
  /** What may be named any number of times after them. */
  rest?: string;
  options?: O;
  examples: string[];
  /** What to ask before it is done; null when it can be done without asking. */
  question?(call: Call<Takes, O>): string | null;
  run(call: Input): Promise<Result>;
  /** The result for people; with `--json` it is printed as it is. */
  show(result: Result): string;
  /** Something wrong was found: the exit code says so. */
  isBad?(result: Result): boolean;
}

export interface Outcome {
  result: unknown;
  shown: string;
  isBad: boolean;
}

export interface Command {
  name: string;
  says: string;
  takes: Record<string, string>;
  rest: string | null;
  options: Options;
  examples: string[];
  question(call: Call): string | null;
  execute(call: Call): Promise<Outcome>;
}

/** One that opens by itself what it needs. */
export const command = <Result, Takes extends string = never, O extends Options = Record<never, never>>(
  declaration: Declaration<Takes, O, Call<Takes, O>, Result>,
): Command => {
  const { takes, rest, options, question, run, show, isBad, ...named } = declaration;
  return {
    ...named,
    takes: takes ?? {},
    rest: rest ?? null,
    options: options ?? {},
    question: (call) => question?.(call as unknown as Call<Takes, O>) ?? null,
    async execute(call) {
      const result = await run(call as unknown as Call<Takes, O>);
      return { result, shown: show(result), isBad: isBad?.(result) ?? false };
    },
  };
};

/** One that calls procedures, on a Ciel that is opened for it. */
export const operation = <Result, Takes extends string = never, O extends Options = Record<never, never>>({
  run,
  ...declaration
}: Declaration<Takes, O, Call<Takes, O> & Ciel, Result>): Command =>
  command({
    ...declaration,
    run: async (call) => {
      // Not with this file: the help needs none of the server.
      const { withCiel } = await import('../../script.ts');
      return withCiel((ciel) => run({ ...call, ...ciel }), { actor: call.actor });
    },
  });
