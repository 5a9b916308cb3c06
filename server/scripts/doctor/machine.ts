import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { silentLog } from '../../infra/log/log.ts';
import { absent, broken, examine, type Finding, ok, warning } from './finding.ts';

const GIB = 2 ** 30;
const PHOTO = join(import.meta.dirname, '../demo/photos/river.jpg');

/** What every machine that runs Ciel needs. */
export const examineMachine = (dataDir: string | null): (() => Promise<Finding>)[] => [
  // Older versions of Node don't get this far.
  () => examine('node', async () => ok(`${process.versions.node}, ${process.platform} ${process.arch}`), ''),
  () => examine('pictures', decode, 'Run npm ci again, for this system and processor.'),
  ...(dataDir === null
    ? []
    : [
        () =>
          examine(
            'data folder',
            () => lookAtFolder(dataDir),
            `Give the user who runs Ciel access to ${resolve(dataDir)}, or set DATA_DIR.`,
          ),
      ]),
];

async function decode() {
  const { createDecoders } = await import('../../jobs/decoders.ts');
  const { makePhotograph } = await import('../../jobs/makePhotograph.ts');
  const decoders = createDecoders(silentLog);
  try {
    const { signal } = new AbortController();
    const { variants } = await makePhotograph({ decoders }, readFileSync(PHOTO), 'image/jpeg', signal);
    const { default: sharp } = await import('sharp');
    return ok(`${variants.length} variants of a photograph, libvips ${sharp.versions.vips}`);
  } finally {
    await decoders.close();
  }
}

async function lookAtFolder(dataDir: string) {
  const path = resolve(dataDir);
  if (!existsSync(path)) return absent(`${path} does not exist`, 'npm start creates it.');
  accessSync(path, constants.R_OK | constants.W_OK);
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const says = `${path}, ${(free / GIB).toFixed(1)} GiB free`;
  if (free < GIB / 4)
    return broken(says, `Free space on the disk of ${dirname(path)}: PostgreSQL stops when it is full.`);
  return free < GIB ? warning(says, 'Free some space soon.') : ok(says);
}
