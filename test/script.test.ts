import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, vi } from 'vitest';
import { environmentOf } from './support/commandLine.ts';
import { makeDataFolder, postgresOn } from './support/dataFolder.ts';
import { test } from './support/fixtures.ts';
import { launch } from './support/program.ts';
import type { World } from './support/world.ts';

const ROOT = resolve(import.meta.dirname, '..');

vi.setConfig({ testTimeout: 120_000 });

let world: World;
test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

let scripts = 0;

/** A user's own script, with one import. */
function start(work: string, environment = environmentOf(world), options = '{}') {
  const file = join(world.folder, `script-${++scripts}.ts`);
  const importing = `import { withCiel } from ${JSON.stringify(join(ROOT, 'server/script.ts'))};`;
  writeFileSync(
    file,
    `${importing}\nawait withCiel(async ({ admin, as, app }) => {\n${work}\n}, ${options});\n`,
  );
  return launch(relative(ROOT, file), environment);
}
const run = async (...script: Parameters<typeof start>) => (await start(...script)).ended;

describe('a script of ones own', () => {
  test('calls as an operator and as a user, and ends by itself', async () => {
    const alice = await world.person('alice');
    const { code, stdout, stderr } = await run(
      `const { code } = await admin.invites.adminCreate({ daysValid: 30, maxUses: 10 });
      const alice = await as('Alice');
      await alice.users.updateMe({ bio: code });
      console.log((await alice.auth.me()).bio);`,
      environmentOf(world),
      "{ actor: 'zoe' }",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await world.anonymous.users.get({ userId: alice.id })).toMatchObject({ bio: stdout.trim() });
    const { items } = await world.admin.moderation.audit({ subject: stdout.trim() });
    expect(items).toMatchObject([{ actor: 'zoe', action: 'invite.create' }]);
  });

  test('cannot call as a user who does not exist', async () => {
    const { code, stderr } = await run("await as('nobody_x');");
    expect(code).toBe(1);
    expect(stderr).toContain('Not found');
  });

  test('that fails closes everything and shows why', async () => {
    const { code, stderr } = await run("throw new Error('of my own');");
    expect(code).toBe(1);
    expect(stderr).toContain('Error: of my own');
  });

  test('that is interrupted closes everything: no database of its own is left running', async () => {
    await using folder = await makeDataFolder();
    const script = await start(
      "console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 60_000));",
      { DATA_DIR: folder.path },
      '{ mayCreate: true }',
    );
    while (!script.output().includes('begun')) await sleep(50);
    expect(postgresOn(folder.path)).not.toEqual([]);
    script.kill('SIGINT');
    expect((await script.ended).code).toBe(130);
    expect(postgresOn(folder.path)).toEqual([]);
  });
});
