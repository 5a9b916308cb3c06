import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface PeerProcess {
  /** The first line it prints, read as JSON. */
  answer: Record<string, unknown>;
  /** Its exit code, once it has ended; null when it was killed. */
  ended: Promise<number | null>;
  /** As a crash or the kernel would. */
  kill(): Promise<void>;
}

/** Runs code in another Node until it is killed or ends. The code prints one line of JSON. */
export async function startPeer(code: string): Promise<PeerProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const answer = await firstLine(child);
  if (answer === null) throw new Error(`The peer said nothing but: ${complaints.join('')}`);
  return { answer: JSON.parse(answer), ended, kill: () => kill(child) };
}

async function firstLine({ stdout }: ChildProcess): Promise<string | null> {
  for await (const line of createInterface({ input: stdout! })) return line;
  return null;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
