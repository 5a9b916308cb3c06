import type { Ciel } from '../../script.ts';
import type { Progress } from './terminal.ts';

export interface Option {
  kind: 'text' | 'number' | 'flag';
  /** Its description in the help. */
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

/** The arguments and options of one call, and what else a command may use. */
export interface Call<Takes extends string = string, O extends Options = Options> {
  args: Record<Takes, string>;
  /** Further arguments, for commands that take any number. */
  rest: string[];
  options: { [Name in keyof O]: Of<O[Name]> };
  /** The operator's name, for the audit log. */
  actor: string;
  progress: Progress;
}

interface Declaration<Takes extends string, O extends Options, Input, Result> {
  name: string;
  /** One line of help. */
  says: string;
  /** Arguments by name, each with its description. */
  takes?: Record<Takes, string>;
  /** Description of an argument that can follow any number of times. */
  rest?: string;
  options?: O;
  examples: string[];
  /** The question to confirm; null when no confirmation is needed. */
  question?(call: Call<Takes, O>): string | null;
  run(call: Input): Promise<Result>;
  /** Formats the result; `--json` prints it unformatted. */
  show(result: Result): string;
  /** Whether the result reports a problem, for the exit code. */
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

/** A command that opens the resources it needs itself. */
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

/** A command that calls procedures; the application is opened for it. */
export const operation = <Result, Takes extends string = never, O extends Options = Record<never, never>>({
  run,
  ...declaration
}: Declaration<Takes, O, Call<Takes, O> & Ciel, Result>): Command =>
  command({
    ...declaration,
    run: async (call) => {
      // Imported late, so that the help loads without the server.
      const { withCiel } = await import('../../script.ts');
      return withCiel((ciel) => run({ ...call, ...ciel }), { actor: call.actor });
    },
  });
