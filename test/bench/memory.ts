import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataFolder } from '../support/dataFolder.ts';
import { startProgram } from '../support/program.ts';
import { GENEROUS, inviteFrom, SECRETS, signUp } from '../support/visit.ts';
import { peakOf } from './proportionalMemory.ts';
import { isSmoke } from './smoke.ts';
import { worstPhotographs } from './worstPhotographs.ts';

/**
 * Memory of the program and its decoder processes above what it takes at rest, while six of the worst legal photographs arrive at once
 * and another process keeps a core busy. Linux only. Takes names of photographs. Run: node test/bench/memory.ts
 */
const AT_ONCE = 6;
const AIM = 700_000_000;
const wanted = process.argv.slice(2);
const busy = spawn(process.execPath, ['-e', 'for (;;);']);

try {
  for (const { name, make } of worstPhotographs) {
    if (wanted.length > 0 ? !wanted.includes(name) : isSmoke && name !== 'avif') continue;
    await measure(name, await make());
  }
} finally {
  busy.kill('SIGKILL');
}

/** A program of its own for each, so that none inherits the heap of another. */
async function measure(name: string, file: Buffer): Promise<void> {
  await using folder = await makeDataFolder();
  await using program = await startProgram('server/main.ts', {
    DATA_DIR: folder.path,
    LOG_LEVEL: 'silent',
    ...GENEROUS,
    ...SECRETS,
  });
  const { ciel } = await signUp(program.url, await inviteFrom(program.url), 'alice');
  await sleep(1000);
  const rest = await peakOf(program.pid, async () => sleep(200));
  const upload = async () => {
    const mediaId = await ciel.upload(new Uint8Array(file));
    for (;;) {
      const { status } = await ciel.media.status({ uploadId: mediaId });
      if (status === 'completed' || status === 'failed') return status;
      await sleep(250);
    }
  };
  let statuses: string[] = [];
  const began = performance.now();
  const peak = await peakOf(program.pid, async () => {
    statuses = await Promise.all(Array.from({ length: isSmoke ? 1 : AT_ONCE }, upload));
  });
  const completed = statuses.filter((status) => status === 'completed').length;
  const above = peak - rest;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${name.padEnd(18)} ${(file.length / 1e6).toFixed(1)} MB each: ${completed} of ${statuses.length} completed in ${seconds} s, ${(above / 1e6).toFixed(0)} MB above the ${(rest / 1e6).toFixed(0)} MB at rest`,
  );
  if (completed < statuses.length || above > AIM) process.exitCode = 1;
}
