import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { makeDataFolder, postgresOn } from '../support/dataFolder.ts';
import { launch, type Process, startProgram } from '../support/program.ts';
import { faultsOf, stopUnderLoad } from '../support/stopUnderLoad.ts';
import { GENEROUS, SECRETS } from '../support/visit.ts';

describe('asked to stop', () => {
  test('under load, the program finishes every accepted request and exits cleanly', {
    timeout: 120_000,
  }, async () => {
    await using folder = await makeDataFolder();
    for (let round = 1; round <= 2; round++) {
      const stopped = await stopUnderLoad(
        { DATA_DIR: folder.path, LOG_LEVEL: 'silent', ...GENEROUS, ...SECRETS },
        round,
      );
      expect(faultsOf(stopped)).toEqual([]);
      expect(stopped.answers.filter(({ isDue }) => isDue).length).toBeGreaterThan(16);
      expect(postgresOn(folder.path)).toEqual([]);
    }
  });

  const moments: [string, (folder: string, starting: Process) => boolean][] = [
    ['while it loads', () => true],
    ['while it makes its database', (folder) => existsSync(join(folder, 'postgres.lock'))],
    ['while it starts its database', (folder) => postgresOn(folder).length > 0],
    ['while it makes the demo', (_, starting) => starting.output().includes('"method":"PUT"')],
  ];
  test('at any moment of its start, the program ends well, and its next start completes the first', {
    timeout: 120_000,
  }, async () => {
    await using folder = await makeDataFolder({ withDemo: true });
    for (const [moment, hasCome] of moments) {
      const starting = await launch('server/main.ts', { DATA_DIR: folder.path });
      await vi.waitUntil(() => hasCome(folder.path, starting), { timeout: 30_000, interval: 5 });
      // As npm does, which passes on the Ctrl-C that the terminal has sent to all.
      starting.kill('SIGINT');
      starting.kill('SIGINT');
      const { code, stderr } = await starting.ended;
      expect([moment, moment === 'while it loads' ? (code ?? 0) : code, stderr]).toEqual([moment, 0, '']);
      expect(postgresOn(folder.path)).toEqual([]);
    }
    await using program = await startProgram('server/main.ts', { DATA_DIR: folder.path }, 'Ctrl-C');
    const photographs = await fetch(`${program.url}/v1/users/by-handle/alice`).then((found) => found.json());
    expect(photographs).toMatchObject({ postCount: expect.any(Number) });
    expect((photographs as { postCount: number }).postCount).toBeGreaterThan(0);
  });
});
