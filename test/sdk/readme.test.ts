import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium } from '../support/chromium.ts';
import { type Host, startHost } from '../support/host.ts';
import { makePhotograph } from '../support/photograph.ts';
import { openBrowser } from './browser.ts';
import { PASSWORD, signedUp } from './people.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(ROOT, 'sdk/README.md'), 'utf8');

const blocks = (language: string) =>
  [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, tag, text]) =>
    tag === language ? text! : [],
  );

const SOURCES: Record<string, string> = {
  '@ciel/sdk': join(ROOT, 'sdk/src/index.ts'),
  '@ciel/sdk/react': join(ROOT, 'sdk/src/react.ts'),
  '@ciel/sdk/thumbhash': join(ROOT, 'sdk/src/thumbhash.ts'),
  '@ciel/sdk/node': join(ROOT, 'sdk/src/node.ts'),
};
const fromSources = (text: string) =>
  text.replace(/'(@ciel\/sdk[\w/]*)'/g, (_, name: string) => `'${SOURCES[name]}'`);

/** What the examples have from their reader. */
const READER = `
import { readFile } from 'node:fs/promises';
const { url, folder, password } = JSON.parse(process.env.README!) as Record<'url' | 'folder' | 'password', string>;
const file = await readFile(folder + '/photo.jpg');
const show = (_: unknown) => {};
const bar = (_: number) => {};
const kept = new Map<string, string>();
const secureStore = {
  getItemAsync: async (key: string) => kept.get(key) ?? null,
  setItemAsync: async (key: string, value: string) => void kept.set(key, value),
  deleteItemAsync: async (key: string) => void kept.delete(key),
};
`;

/** One program of all of them: the first is shared by all, each other has its own names. */
function program([first, ...others]: string[]): string {
  const parts = others.map((block) => ({
    imports: block.match(/^import .*$/gm) ?? [],
    body: block.replace(/^import .*\n/gm, ''),
  }));
  const imports = parts.flatMap(({ imports }) => imports);
  const bodies = parts.map(({ body }) => `{\n${body}}\n`);
  return [READER, ...imports, first, ...bodies].join('\n');
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ROOT, 'test/sdk/readme-'));
  await writeFile(join(folder, 'photo.jpg'), await makePhotograph(1, { width: 900, height: 600 }));
});
afterAll(() => rm(folder, { recursive: true }));

const config = (more: object) =>
  JSON.stringify({
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: true, typeRoots: [join(ROOT, 'node_modules/@types')], ...more },
    include: [],
  });

async function check(name: string, text: string, more: object = {}) {
  await writeFile(join(folder, name), text);
  const settings = JSON.parse(config(more)) as object;
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...settings, files: [name] }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('');
}

describe('the examples of the README', () => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.close());

  test('are well typed, and run', async () => {
    await signedUp(host, 'alice');
    await check('examples.ts', fromSources(program(blocks('ts'))));
    const worker = setInterval(() => void host.drain().catch(() => {}), 100);
    try {
      const env = { ...process.env, README: JSON.stringify({ url: host.url, folder, password: PASSWORD }) };
      const output = await new Promise<string>((done, fail) =>
        execFile(
          process.execPath,
          [join(folder, 'examples.ts')],
          { env, timeout: 30_000 },
          (error, out, err) => (error ? fail(new Error(`${out}\n${err}`)) : done(out)),
        ),
      );
      expect(output.split('\n')).toEqual([
        'alice First snow',
        '1 and that is all',
        'true',
        'Another handle, please',
        'true',
        '10485760',
        '',
      ]);
    } finally {
      clearInterval(worker);
    }
  });
});

describe.skipIf(!hasChromium)('the React example of the README', () => {
  test('is well typed, and works in Chromium', async () => {
    const scope = 'declare const url: string;\ndeclare const password: string;\n';
    const [example] = blocks('tsx');
    await check('App.tsx', fromSources(scope + example), { jsx: 'react-jsx', lib: ['es2024', 'dom'] });
    await writeFile(
      join(folder, 'page.tsx'),
      [
        "import { createRoot } from 'react-dom/client';",
        "import { App } from './App.tsx';",
        "createRoot(document.getElementById('root')!).render(<App />);",
      ].join('\n'),
    );
    const banner = `globalThis.url = new URLSearchParams(location.search).get('server');
globalThis.password = ${JSON.stringify(PASSWORD)};`;
    const browser = await openBrowser(join(folder, 'page.tsx'), banner);
    try {
      const { alice } = await browser.world.people('alice');
      await browser.world.post(alice, { caption: 'First snow' });
      const tab = await browser.tab();
      await tab.click('text=Sign in');
      await tab.click('text=0 likes');
      await tab.waitForSelector('button[aria-pressed=true]:has-text("1 likes")');
      await tab.click('text=0 comments');
      await tab.waitForSelector('text=1 comments');
      const buffer = await makePhotograph(2, { width: 900, height: 600 });
      await tab.setInputFiles('input[type=file]', { name: 'snow.jpg', mimeType: 'image/jpeg', buffer });
      await expect.poll(() => tab.locator('article').count()).toBe(2);
    } finally {
      await browser.close();
    }
  });
});
