import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Runtime } from '../../server/bootstrap/runtime.ts';
import { parseConfig } from '../../server/config/config.ts';
import { StartupError } from '../../server/infra/startupError.ts';
import { welcome } from '../../server/scripts/welcome.ts';
import { createWorld } from '../support/world.ts';

test('a database that fails while the demo is created is reported in one sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ciel-'));
  const world = await createWorld();
  await world.database.close();
  const config = parseConfig({ DATA_DIR: folder });
  await expect(welcome({ app: world.app, config } as Runtime)).rejects.toThrow(StartupError);
  await world.close();
  await rm(folder, { recursive: true });
});
