import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { absent, broken, examine, type Finding, ok, warning } from './finding.ts';

const GIB = 2 ** 30;
const PHOTO = join(import.meta.dirname, '../demo/photos/river.jpg');

/** What every machine needs that runs Ciel. */
export const examineMachine = (dataDir: string | null): (() => Promise<Finding>)[] => [
  // An older one does not come as far as this.
  () => examine('node', async () => ok(`${process.versions.node}, ${process.platform} ${process.arch}`), ''),
  () => examine('pictures', decode, 'Install the packages again by npm ci, for this system and processor.'),
  ...(dataDir === null
    ? []
    : [
        () =>
          examine(
            'data folder',
            () => lookAtFolder(dataDir),
            `Let ${resolve(dataDir)} belong to the user who runs Ciel, or name another by DATA_DIR.`,
          ),
      ]),
];

async function decode() {
  const { processImage } = await import('../../imaging/processImage.ts');
  const { variants } = await processImage(readFileSync(PHOTO), 'image/jpeg');
  const { default: sharp } = await import('sharp');
  return ok(`${variants.length} variants made of a photograph, libvips ${sharp.versions.vips}`);
}

async function lookAtFolder(dataDir: string) {
  const path = resolve(dataDir);
  if (!existsSync(path)) return absent(`${path} is not there`, 'npm start makes it.');
  accessSync(path, constants.R_OK | constants.W_OK);
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const says = `${path}, ${(free / GIB).toFixed(1)} GiB free`;
  if (free < GIB / 4)
    return broken(says, `Make room on the disk of ${dirname(path)}: PostgreSQL stops on a full one.`);
  return free < GIB ? warning(says, 'Make room soon.') : ok(says);
}
