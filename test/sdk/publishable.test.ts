import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const { repository, publishConfig } = JSON.parse(await readFile('sdk/package.json', 'utf8')) as {
  repository: { url: string };
  publishConfig: object;
};
const named = repository.url.replace(/^git\+|\.git$/g, '');
const { origin, pathname } = new URL(named);

function publish(env: Record<string, string>) {
  const { PATH = '' } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['sdk/publishable.js'], {
    env: { PATH, ...env },
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('the package is for everybody, with provenance', () => {
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
});

test.each([
  { CI_PROJECT_URL: named },
  { CI_PROJECT_URL: `${named}.git` },
  { GITHUB_SERVER_URL: origin, GITHUB_REPOSITORY: pathname.slice(1) },
])('it is published from where it says that it is built: %j', (env) => {
  expect(publish(env)).toEqual({ status: 0, stderr: '' });
});

test('from elsewhere it is refused with a sentence', () => {
  const { status, stderr } = publish({
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'somebody/fork',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`is ${named}, and it is built from https://github.com/somebody/fork.`);
});
