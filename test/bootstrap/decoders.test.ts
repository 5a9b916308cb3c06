import { existsSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { makeDataFolder } from '../support/dataFolder.ts';
import { decodersOf, readOf } from '../support/decoderPids.ts';
import { launch, startProgram } from '../support/program.ts';
import { SECRETS } from '../support/visit.ts';

const isGone = (pid: number) => !readOf(pid, 'cmdline').includes('decoderProcess');

describe.skipIf(!existsSync('/proc/self/stat'))('the decoders of a program', () => {
  test('know none of its secrets, and end when it is stopped', async () => {
    await using folder = await makeDataFolder();
    const program = await startProgram('server/main.ts', { DATA_DIR: folder.path, ...SECRETS });
    const pids = decodersOf(program.pid);
    expect(pids).toHaveLength(1);
    const environment = readOf(pids[0]!, 'environ');
    for (const secret of Object.values(SECRETS)) expect(environment).not.toContain(secret);
    expect(environment).not.toContain(folder.path);
    expect((await program.stop()).code).toBe(0);
    expect(pids.every(isGone)).toBe(true);
  });

  test('end when it is killed', async () => {
    await using folder = await makeDataFolder();
    const program = await launch('server/main.ts', { DATA_DIR: folder.path });
    await vi.waitUntil(() => decodersOf(program.pid).length > 0, { timeout: 60_000 });
    const pids = decodersOf(program.pid);
    program.kill('SIGKILL');
    await program.ended;
    await vi.waitUntil(() => pids.every(isGone), { timeout: 60_000 });
  });
});
