import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ciel, createCiel } from '../../sdk/src/index.ts';
import { ciel as runCiel } from '../support/commandLine.ts';
import { type DataFolder, makeDataFolder } from '../support/dataFolder.ts';
import { makePhotograph } from '../support/photograph.ts';
import { startProgram } from '../support/program.ts';
import { GENEROUS } from '../support/visit.ts';

/** docs/operations/backup.md, tried: an installation with its demo, a backup of it, and what happened after the backup. */
let backup: DataFolder;
let later: DataFolder;
let before: string[];
let after: string;

// With owners, because PostgreSQL runs as another user when we are root.
const copy = (from: string, to: string) => execFileSync('cp', ['-a', `${from}/.`, to]);

async function copyOf(folder: DataFolder): Promise<DataFolder> {
  const made = await makeDataFolder({ withDemo: true });
  copy(folder.path, made.path);
  return made;
}

function replace(folder: DataFolder, part: 'postgres' | 'files', from: DataFolder): void {
  rmSync(join(folder.path, part), { recursive: true });
  execFileSync('cp', ['-a', join(from.path, part), folder.path]);
}

/** Runs the program on the folder for as long as the work takes. */
async function running<T>({ path }: DataFolder, work: (alice: Ciel) => Promise<T>): Promise<T> {
  const program = await startProgram('server/main.ts', { DATA_DIR: path, ...GENEROUS }, 'Ctrl-C');
  try {
    const alice = createCiel({ url: program.url });
    await alice.signIn('alice', 'demo-alice-photographs');
    return await work(alice);
  } finally {
    expect((await program.stop()).code).toBe(0);
  }
}

/** Ids of the posts of the home feed, and for each whether its photograph can be read. */
async function look(alice: Ciel): Promise<Map<string, boolean>> {
  const { items } = await alice.feed.home({ limit: 50 });
  const seen = new Map<string, boolean>();
  for (const { id, media } of items) {
    const { url } = media[0]!.variants[0]!;
    seen.set(id, (await fetch(url)).ok);
  }
  return seen;
}

const soundly = async ({ path }: DataFolder) => (await runCiel({ DATA_DIR: path }, 'check')).code;

beforeAll(async () => {
  later = await makeDataFolder({ withDemo: true });
  before = await running(later, async (alice) => [...(await look(alice)).keys()]);
  expect(before.length).toBeGreaterThan(5);
  backup = await copyOf(later);
  after = await running(later, async (alice) => {
    const mediaId = await alice.upload(await makePhotograph(3, { width: 900, height: 700 }), { wait: true });
    const { id } = await alice.posts.create({ mediaIds: [mediaId], visibility: 'public' });
    const isThere = async () => expect((await look(alice)).get(id)).toBe(true);
    await vi.waitFor(isThere, { timeout: 120_000, interval: 500 });
    return id;
  });
}, 300_000);
afterAll(async () => {
  await backup?.[Symbol.asyncDispose]();
  await later?.[Symbol.asyncDispose]();
});

const all = (ids: string[], isThere: boolean) => ids.map((id) => [id, isThere] as const);

test('both from one backup: everything is as it was', async () => {
  await using folder = await copyOf(backup);
  expect(await running(folder, look)).toEqual(new Map(all(before, true)));
  expect(await soundly(folder)).toBe(0);
});

test('the database alone, older than the store: it shows what it knows, and the rest of the store stays', async () => {
  await using folder = await copyOf(later);
  replace(folder, 'postgres', backup);
  expect(await running(folder, look)).toEqual(new Map(all(before, true)));
  expect(await soundly(folder)).toBe(0);
});

test('the store alone, older than the database: its photographs are missing until they are restored', async () => {
  await using folder = await copyOf(later);
  replace(folder, 'files', backup);
  expect(await running(folder, look)).toEqual(new Map([[after, false], ...all(before, true)]));
  expect(await soundly(folder)).toBe(0);
  replace(folder, 'files', later);
  expect(await running(folder, look)).toEqual(new Map([[after, true], ...all(before, true)]));
});
