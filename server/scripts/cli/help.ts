import type { Command, Option } from './command.ts';
import { columns } from './terminal.ts';

const CALL = 'npm run -s ciel --';

const GLOBALS: [string, string][] = [
  ['--as NAME', 'your name in the audit log; default: your user name on this machine'],
  ['--json', 'print the result as JSON, and errors as JSON on standard error'],
  ['-y, --yes', 'do not ask for confirmation'],
  ['-h, --help', "show this help, or after a command, that command's help"],
];

const EXITS: [string, string][] = [
  ['0', 'success, and no problem was found'],
  ['1', 'not done, or a problem was found'],
  ['2', 'wrong usage, or --yes is missing where there is no terminal to ask on'],
  ['3', 'Ciel is unavailable: its configuration, its database or another service'],
  ['70', 'a bug in Ciel; the stack trace is printed'],
];

export const helpOfAll = (commands: Command[]): string =>
  [
    `${CALL} <command> [arguments] [options]`,
    section(
      'Commands',
      commands.map(({ name, says }) => [name, says]),
    ),
    section('Global options', GLOBALS),
    section('Exit codes', EXITS),
    `${CALL} help <command> shows the arguments of a command, with examples. Commands read the same environment variables as the server.`,
  ].join('\n\n');

export const helpOf = (command: Command): string =>
  [
    `${command.says}.`,
    `${CALL} ${usageOf(command)}`,
    section('Arguments', [
      ...Object.entries(command.takes).map(([name, says]): [string, string] => [`<${name}>`, says]),
      ...(command.rest ? [['[…]', command.rest] as [string, string]] : []),
    ]),
    section('Options', [
      ...Object.entries(command.options).map(([name, option]): [string, string] => [
        shown(name, option),
        `${option.says}${option.isRequired ? ' (required)' : ''}`,
      ]),
      ...GLOBALS,
    ]),
    `Examples\n${command.examples.map((example) => `  ${CALL} ${example}`).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');

export const usageOf = ({ name, takes, rest, options }: Command): string =>
  [
    name,
    ...Object.keys(takes).map((argument) => `<${argument}>`),
    ...(rest ? ['[…]'] : []),
    ...Object.entries(options).map(([of, option]) =>
      option.isRequired ? shown(of, option) : `[${shown(of, option)}]`,
    ),
  ].join(' ');

const shown = (name: string, { kind }: Option) =>
  kind === 'flag' ? `--${name}` : `--${name} ${kind === 'number' ? 'N' : 'TEXT'}`;

const section = (title: string, rows: [string, string][]): string =>
  rows.length === 0 ? '' : `${title}\n${columns(rows).replace(/^/gm, '  ')}`;
