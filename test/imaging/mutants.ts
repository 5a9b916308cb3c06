import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { isHeicAvailable } from '../../server/imaging/heicLibrary.ts';
import type { AcceptedType } from '../../server/imaging/imageType.ts';
import { seededRandom } from '../support/random.ts';
import { chattyExif, encode, type Format } from './corpus.ts';
import { readHeicCase } from './heifWriter.ts';

const PHOTOGRAPHS = join(import.meta.dirname, '../../server/scripts/demo/photos');
/** Nothing here writes HEIC. */
const HEICS = ['18-iphone-like.heic', '23-p3-icc-told.heic', '25-grid.heic', '27-transparent.heic'];
const FORMATS: Format[] = ['jpeg', 'png', 'webp', 'avif'];

export interface Mutant {
  file: Buffer;
  type: AcceptedType;
}

/** Real photographs made small, in every format that is taken, with what cameras write into them. */
export async function readPhotographs(): Promise<Mutant[]> {
  return [...(await readEncoded()), ...(isHeicAvailable ? HEICS : []).map(readHeic)];
}

const readHeic = (name: string): Mutant => ({ file: readHeicCase(name), type: 'image/heic' });

async function readEncoded(): Promise<Mutant[]> {
  const names = (await readdir(PHOTOGRAPHS)).filter((name) => name.endsWith('.jpg'));
  return Promise.all(
    names.sort().flatMap((name) =>
      FORMATS.map(async (format) => {
        const pixels = await sharp(await readFile(join(PHOTOGRAPHS, name)))
          .resize(96)
          .raw()
          .toBuffer({ resolveWithObject: true });
        const { width, height, channels } = pixels.info;
        const picture = sharp(pixels.data, { raw: { width, height, channels } });
        return {
          file: await encode(picture.withExif(chattyExif).withIccProfile('p3'), format).toBuffer(),
          type: `image/${format}` as const,
        };
      }),
    ),
  );
}

type Change = (file: Buffer, random: () => number, other: Buffer) => Buffer;

const at = (file: Buffer, random: () => number) => Math.floor(random() * file.length);
/** Where headers are, sizes and offsets in them. */
const early = (file: Buffer, random: () => number) => Math.floor(random() ** 4 * file.length);

const CHANGES: Change[] = [
  (file, random) => {
    file[at(file, random)] = Math.floor(random() * 256);
    return file;
  },
  (file, random) => {
    file[early(file, random)] = [0, 1, 0x7f, 0x80, 0xff][Math.floor(random() * 5)]!;
    return file;
  },
  (file, random) => {
    file[at(file, random)]! ^= 1 << Math.floor(random() * 8);
    return file;
  },
  (file, random) => {
    const from = early(file, random);
    const to = Math.min(file.length, from + 1 + Math.floor(random() * 8));
    return file.fill(random() < 0.5 ? 0xff : 0, from, to);
  },
  (file, random) => file.subarray(0, at(file, random)),
  (file, random) => {
    const [from, length] = [at(file, random), Math.floor(random() * 64)];
    return Buffer.concat([file.subarray(0, from), file.subarray(from + length)]);
  },
  (file, random) => {
    const [from, length] = [at(file, random), Math.floor(random() * 256)];
    return Buffer.concat([file.subarray(0, from + length), file.subarray(from)]);
  },
  (file, random, other) =>
    Buffer.concat([file.subarray(0, at(file, random)), other.subarray(at(other, random))]),
  (file, random) =>
    Buffer.concat([
      file,
      Buffer.from('PK\u0003\u0004<!doctype html><script>'),
      file.subarray(0, at(file, random)),
    ]),
];

/** The nth of them, always the same. */
export function mutantOf(photographs: Mutant[], n: number): Mutant {
  const random = seededRandom(n);
  const { file, type } = photographs[n % photographs.length]!;
  const other = photographs[Math.floor(random() * photographs.length)]!.file;
  let mutant: Buffer = Buffer.from(file);
  for (let changes = 1 + Math.floor(random() ** 2 * 6); changes > 0 && mutant.length > 0; changes--)
    mutant = Buffer.from(CHANGES[Math.floor(random() * CHANGES.length)]!(mutant, random, other));
  return { file: mutant, type };
}
