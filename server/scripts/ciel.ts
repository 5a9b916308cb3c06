import { loadEnvFile } from '../config/envFile.ts';
import type { Command } from './cli/command.ts';
import { exitCodes, failureOf, Refusal, Usage } from './cli/failures.ts';
import { helpOf, helpOfAll, usageOf } from './cli/help.ts';
import { findWanted, parseCall } from './cli/parse.ts';
import { confirm, progressLine } from './cli/terminal.ts';
import { commands } from './commands/table.ts';

/** The operators' command line; `npm run ciel -- help` lists its commands. */
async function main(typed: string[]): Promise<void> {
  const wanted = findWanted(typed);
  try {
    for (const name of loadEnvFile()) console.error(`${name} in .env is no variable of Ciel`);
    if (wanted.name === null && !wanted.isHelp) throw new Usage('Name a command');
    if (wanted.name === null) return print(helpOfAll(commands));
    if (wanted.name === 'help') return print(helpFor(wanted.args));
    const command = requireCommand(wanted.name);
    if (wanted.isHelp) return print(helpOf(command));
    await execute(command, wanted.args);
  } catch (error) {
    fail(error, wanted.name, wanted.isJson);
  }
}

function helpFor([name]: string[]): string {
  return name === undefined || name.startsWith('-') ? helpOfAll(commands) : helpOf(requireCommand(name));
}

function requireCommand(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (command) return command;
  const close = commands
    .filter((known) => known.name.startsWith(name.slice(0, 3)))
    .map((known) => known.name);
  throw new Usage(`Unknown command "${name}"${close.length ? `: did you mean ${close.join(' or ')}?` : ''}`);
}

async function execute(command: Command, args: string[]): Promise<void> {
  const { call, isJson, isYes } = parseCall(command, args);
  const line = progressLine();
  const whole = { ...call, progress: line.progress };
  const question = command.question(whole);
  if (question !== null && !isYes) await requireConsent(question);
  const { result, shown, isBad } = await command.execute(whole).finally(line.end);
  print(isJson ? JSON.stringify(result ?? {}, null, 2) : shown);
  if (isBad) process.exitCode = exitCodes.failed;
}

async function requireConsent(question: string): Promise<void> {
  const isWanted = await confirm(question);
  if (isWanted === null) throw new Usage('There is no terminal to ask on: pass --yes to confirm');
  if (!isWanted) throw new Refusal('Nothing was done');
}

const print = (text: string) => {
  if (text) process.stdout.write(`${text}\n`);
};

function fail(error: unknown, name: string | null, isJson: boolean): void {
  const failure = failureOf(error);
  if (!failure) {
    console.error(error);
    process.exitCode = exitCodes.bug;
    return;
  }
  const { exitCode, ...reported } = failure;
  process.exitCode = exitCode;
  console.error(isJson ? JSON.stringify({ error: reported }) : reported.message);
  if (isJson || reported.code !== 'usage') return;
  const command = commands.find((known) => known.name === name);
  console.error(`\nnpm run -s ciel -- ${command ? usageOf(command) : 'help shows the commands'}`);
}

// The reader may close the pipe early, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
await main(process.argv.slice(2));
