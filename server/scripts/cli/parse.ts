import { userInfo } from 'node:os';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Call, Command, Option } from './command.ts';
import { Usage } from './failures.ts';

const globals = {
  as: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

export interface Typed {
  isJson: boolean;
  isYes: boolean;
  call: Omit<Call, 'progress'>;
}

export interface Wanted {
  /** Null when no command was named. */
  name: string | null;
  /** All arguments except the name. */
  args: string[];
  isHelp: boolean;
  isJson: boolean;
}

/** Finds the command's name before its options are known. */
export function findWanted(args: string[]): Wanted {
  const { tokens, values } = parseArgs({ args, options: globals, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind === 'positional');
  return {
    name: first ? args[first.index]! : null,
    args: first ? args.toSpliced(first.index, 1) : args,
    isHelp: values.help === true,
    isJson: values.json === true,
  };
}

/** Parses the arguments of a command; throws Usage. */
export function parseCall(command: Command, args: string[]): Typed {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals } = strictly(args, { ...options, ...globals });
  const names = Object.keys(command.takes);
  const missing = names.slice(positionals.length);
  if (missing.length > 0) throw new Usage(`<${missing[0]}> is missing: ${command.takes[missing[0]!]}`);
  const rest = positionals.slice(names.length);
  if (rest.length > 0 && command.rest === null) throw new Usage(`"${rest[0]}" is an unexpected argument`);
  const given = Object.entries(command.options).map(([name, option]) => [
    name,
    readValue(name, option, values[name]),
  ]);
  return {
    isJson: values.json === true,
    isYes: values.yes === true,
    call: {
      args: Object.fromEntries(names.map((name, at) => [name, positionals[at]!])),
      rest,
      options: Object.fromEntries(given),
      actor: actorOf(values.as as string | undefined),
    },
  };
}

function strictly(args: string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Usage(error.message.split('. ')[0]!);
  }
}

function readValue(name: string, { kind, says, isRequired }: Option, value: unknown) {
  if (kind === 'flag') return value === true;
  if (value === undefined && isRequired) throw new Usage(`--${name} is missing: ${says}`);
  if (value === undefined || kind === 'text') return value as string | undefined;
  if (!/^\d{1,9}$/.test(String(value))) throw new Usage(`--${name} must be a whole number`);
  return Number(value);
}

/** The same rule as for the header `x-admin-actor`. */
function actorOf(given: string | undefined): string {
  const name = given ?? osUser();
  if (/^[\x20-\x7e]{1,64}$/.test(name)) return name;
  throw new Usage('--as must have 1 to 64 printable ASCII characters');
}

/** A container may run as a user id without a name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'admin';
  }
}
