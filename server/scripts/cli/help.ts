import type { Command, Option } from './command.ts';
import { columns } from './terminal.ts';

const CALL = 'npm run -s ciel --';

const GLOBALS: [string, string][] = [
  ['--as NAME', 'who acts, for the audit log; left out: the user of the operating system'],
  ['--json', 'print the result as JSON, and failures as JSON on standard error'],
  ['-y, --yes', 'do not ask before what can not be undone'],
  ['-h, --help', 'this text; after a command, that of the command'],
];

const EXITS: [string, string][] = [
  ['0', 'done, and nothing wrong was found'],
  ['1', 'not done, or something wrong was found'],
  ['2', 'not used as it must be, or --yes is missing where nobody can be asked'],
  ['3', 'Ciel can not be used: its configuration, its database or another service'],
  ['70', 'a fault of Ciel, with its stack'],
];

export const helpOfAll = (commands: Command[]): string =>
  [
    `${CALL} <command> [arguments] [options]`,
    section(
      'Commands',
      commands.map(({ name, says }) => [name, says]),
    ),
    section('Options of every command', GLOBALS),
    section('Exit codes', EXITS),
    `${CALL} help <command> shows what a command takes, with examples. The environment variables are those of the server.`,
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
        `${option.says}${option.isRequired ? ' (needed)' : ''}`,
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
