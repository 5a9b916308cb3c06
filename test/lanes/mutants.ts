import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { makeOriginal, processImage } from '../../server/imaging/processImage.ts';
import { UnusableImage } from '../../server/imaging/unusableImage.ts';
import { type Mutant, mutantOf, readPhotographs } from '../imaging/mutants.ts';

/** Damaged photographs through the decoder of a worker: each is decided in time, the worker lives and stays small. */
const count = Number(process.argv[2] ?? 10_000);
const AT_ONCE = 2;
const DECIDED_WITHIN_MS = 10_000;
const MEMORY = 1024 * 1024 * 1024;

interface Report {
  n: number;
  outcome: 'begun' | 'made' | 'refused' | 'fault';
  text?: string;
}

if (process.send) await work();
else await watch();

async function work(): Promise<void> {
  const photographs = await readPhotographs();
  let next = 0;
  const decideAll = async () => {
    for (let n = next++; n < count; n = next++) {
      process.send!({ n, outcome: 'begun' });
      process.send!({ n, ...(await decide(mutantOf(photographs, n))) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, decideAll));
  process.disconnect();
}

async function decide({ file, type }: Mutant): Promise<Omit<Report, 'n'>> {
  try {
    await makeOriginal(file, type, await processImage(file, type));
    return { outcome: 'made' };
  } catch (error) {
    if (error instanceof UnusableImage) return { outcome: 'refused' };
    return { outcome: 'fault', text: String(error) };
  }
}

async function watch(): Promise<void> {
  const child = fork(import.meta.filename, [String(count)]);
  const underway = new Map<number, number>();
  const outcomes = { made: 0, refused: 0, fault: 0 };
  let slowest = 0;
  let memory = 0;
  const fail = (why: string) => {
    console.error(why);
    process.exitCode = 1;
  };
  child.on('message', ({ n, outcome, text }: Report) => {
    if (outcome === 'begun') return void underway.set(n, performance.now());
    slowest = Math.max(slowest, performance.now() - underway.get(n)!);
    underway.delete(n);
    outcomes[outcome] += 1;
    if (outcome === 'fault') fail(`mutant ${n}: ${text}`);
  });
  const look = setInterval(() => {
    memory = Math.max(memory, residentOf(child.pid!));
    for (const [n, begunAt] of underway)
      if (performance.now() - begunAt > DECIDED_WITHIN_MS) {
        fail(`mutant ${n} is not decided after ${DECIDED_WITHIN_MS / 1000} s`);
        child.kill('SIGKILL');
      }
  }, 50);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearInterval(look);
  const decided = outcomes.made + outcomes.refused;
  if (code !== 0) fail(`the worker ended with ${signal ?? code} at the mutants ${[...underway.keys()]}`);
  if (decided !== count) fail(`${decided} of ${count} were decided`);
  if (Math.min(outcomes.made, outcomes.refused) < count / 20) fail('nearly all of them ended alike');
  if (memory > MEMORY) fail('the worker grew too large');
  console.log(
    `${count} mutants: ${outcomes.made} made, ${outcomes.refused} refused, the slowest in ${Math.round(slowest)} ms, ${Math.round(memory / 1e6)} MB at most`,
  );
}

/** Bytes; nothing for a process that has just ended. */
function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
