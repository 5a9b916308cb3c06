/** Prints the conformance table; with `--write` puts it into the README of server/imaging. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type CameraData, cameraDataOf } from '../../server/imaging/cameraData.ts';
import { planHeic } from '../../server/imaging/heicPlan.ts';
import { recognise, SNIFFED_BYTES } from '../../server/imaging/imageType.ts';
import {
  makeOriginal,
  type ProcessedImage,
  processImage,
  type Variant,
} from '../../server/imaging/processImage.ts';
import { UnusableImage } from '../../server/imaging/unusableImage.ts';
import { type Case, cases, readCase } from './cases.ts';
import { labOf, lights, meanDelta, valuesOf } from './reference.ts';

export const README = join(import.meta.dirname, '../../server/imaging/README.md');
const [BEGIN, END] = ['<!-- conformance -->\n', '<!-- /conformance -->\n'];

export interface Outcome {
  /** The reason, when the file is refused. */
  refusal: string | null;
  upright: string;
  /** Mean ΔE76 of the large variants, or of the largest there are. */
  webp: number | null;
  jpeg: number | null;
  camera: CameraData;
  /** Words that stayed in something that is stored. */
  leaks: string[];
  sizes: string;
}

/** What becomes of a case. */
export async function examine(one: Case): Promise<Outcome> {
  const file = readCase(one);
  try {
    const { type, fault } = recognise(file.subarray(0, SNIFFED_BYTES), true);
    if (type === null) throw new UnusableImage(fault);
    const image = await processImage(file, type);
    const original = await makeOriginal(file, type, image);
    return await outcomeOf(one, file, image, original);
  } catch (error) {
    if (!(error instanceof UnusableImage)) throw error;
    const refused = { upright: '', webp: null, jpeg: null, camera: {}, leaks: [], sizes: '' };
    return { refusal: error.message, ...refused };
  }
}

async function outcomeOf(one: Case, file: Buffer, image: ProcessedImage, original: Buffer): Promise<Outcome> {
  // The two larger steps would take the reference minutes.
  const large = (format: string) =>
    image.variants.find(({ name, ...one }) => one.format === format && name !== 'full' && name !== 'xlarge')!;
  const sizes = image.variants.filter(({ format }) => format === 'webp').map((v) => `${v.width}×${v.height}`);
  return {
    refusal: null,
    upright: `${image.width}×${image.height}`,
    webp: one.colour && (await deltaOf(one, file, large('webp'), true)),
    jpeg: one.colour && (await deltaOf(one, file, large('jpeg'), false)),
    camera: cameraDataOf(image.exif),
    leaks: (await Promise.all([original, ...image.variants.map(({ body }) => body)].map(leaksOf))).flat(),
    sizes: [...new Set(sizes)].join(', '),
  };
}

/** The wide space of a case is that of its WebP; a JPEG is sRGB. */
async function deltaOf(
  { colour, twin }: Case,
  file: Buffer,
  variant: Variant,
  isWide: boolean,
): Promise<number> {
  const [light, wide] = colour!;
  const space = isWide ? wide : 'srgb';
  const [right, made] = await Promise.all([
    valuesOf(twin === null ? file : readCase({ file: twin }), variant),
    valuesOf(variant.body, variant),
  ]);
  return meanDelta(
    labOf(right, lights[light], space),
    labOf(made, lights[space as keyof typeof lights], space),
    right,
  );
}

async function leaksOf(stored: Buffer): Promise<string[]> {
  if (isHeicFile(stored))
    return stored.includes('CANARY') || planHeic(stored).exif !== undefined ? ['canary or exif'] : [];
  const { exif, xmp, iptc, icc } = await sharp(stored).metadata();
  const orientationOnly = exif === undefined || exif.length <= 40;
  return [
    ...(stored.includes('CANARY') || icc?.includes('CANARY') ? ['canary'] : []),
    ...(orientationOnly ? [] : ['exif']),
    ...(xmp || iptc ? ['xmp or iptc'] : []),
  ];
}

const isHeicFile = (file: Buffer) => recognise(file.subarray(0, SNIFFED_BYTES), true).type === 'image/heic';

/** To the next half, so that the table is the same on every machine. */
const shownDelta = (delta: number | null) => (delta === null ? '' : `≤ ${Math.ceil(delta * 2) / 2}`);

export async function makeTable(outcomes: [Case, Outcome][]): Promise<string> {
  const rows = outcomes.map(([{ file, says }, outcome]) => [
    file,
    says,
    outcome.refusal === null ? 'accepted' : `refused: ${outcome.refusal}`,
    outcome.upright,
    shownDelta(outcome.webp),
    shownDelta(outcome.jpeg),
    Object.values(outcome.camera).join(' · '),
    outcome.refusal === null ? outcome.leaks.join(', ') || 'none' : '',
    outcome.sizes,
  ]);
  const head = [
    'file',
    'is or says',
    'result',
    'upright',
    'ΔE WebP',
    'ΔE JPEG',
    'camera data',
    'metadata left',
    'variants',
  ];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

export async function examineAll(some = cases): Promise<[Case, Outcome][]> {
  const outcomes: [Case, Outcome][] = [];
  for (const one of some) outcomes.push([one, await examine(one)]);
  return outcomes;
}

const partsOf = (readme: string) => {
  const [before, rest = ''] = readme.split(BEGIN);
  const [table, after] = rest.split(END);
  return { before: before!, table: table!, after: after ?? '' };
};

export const writtenTable = () => partsOf(readFileSync(README, 'utf8')).table;

if (import.meta.main) {
  const table = await makeTable(await examineAll());
  process.stdout.write(table);
  const { before, after } = partsOf(readFileSync(README, 'utf8'));
  if (process.argv.includes('--write')) writeFileSync(README, `${before}${BEGIN}${table}${END}${after}`);
}
