import type { App } from '../core/app.ts';
import type { FileRights } from '../domains/media/rights/contract.ts';
import type { CameraData } from '../imaging/cameraData.ts';
import { headerOf } from '../imaging/header.ts';
import type { AcceptedType } from '../imaging/imageType.ts';
import { memoryOf } from '../imaging/memory.ts';
import type { ProcessedImage, Variant, VariantName } from '../imaging/processImage.ts';
import { damaged, UnusableImage } from '../imaging/unusableImage.ts';
import { ChildDied, type DeathCause } from '../infra/children/child.ts';
import type { Frame } from '../infra/children/frames.ts';
import { DecoderResult, type DecoderTask } from './decoderResult.ts';

export interface Photograph
  extends Pick<ProcessedImage, 'width' | 'height' | 'thumbhash' | 'dominantColor' | 'variants'> {
  camera: CameraData;
  rights: FileRights;
  isHdr: boolean;
  /** The file without its metadata. */
  original: Buffer;
}

type Failure = DeathCause | 'undecodable';

/**
 * Makes the original and the variants of a file in a decoder process. Throws UnusableImage when the file is at fault: by its structure, or
 * because it fails once more while nothing else runs. Any other error says nothing about the file.
 */
export async function makePhotograph(
  app: Pick<App, 'decoders'>,
  file: Buffer,
  type: AcceptedType,
  signal: AbortSignal,
): Promise<Photograph> {
  const header = headerOf(file, type);
  const head: DecoderTask = { type };
  const task = { head, bytes: file, memory: memoryOf(header, file.length) };
  const first = await attempt(app, task, { alone: false, signal });
  if (typeof first !== 'string') return first;
  const second = await attempt(app, task, { alone: true, signal });
  if (typeof second !== 'string') return second;
  throw faultOf(second);
}

type Run = Parameters<App['decoders']['run']>;

async function attempt(app: Pick<App, 'decoders'>, ...run: Run): Promise<Photograph | Failure> {
  try {
    return readResult(await app.decoders.run(...run));
  } catch (error) {
    if (error instanceof ChildDied && error.death !== 'stuck') return error.death;
    throw error;
  }
}

function faultOf(failure: Failure): Error {
  switch (failure) {
    case 'cpu':
      return new UnusableImage('The file takes too long to decode');
    case 'memory':
      return new UnusableImage('The file takes too much memory to decode');
    case 'undecodable':
    case 'crashed':
      return damaged();
    default:
      return new Error(`the decoder process was ${failure}, which is not the fault of the file`);
  }
}

function readResult({ head, bytes }: Frame): Photograph | 'undecodable' {
  const result = DecoderResult.parse(head);
  if (result.outcome === 'undecodable') return 'undecodable';
  if (result.outcome === 'unusable') throw new UnusableImage(result.reason);
  if (result.outcome !== 'made') throw unannounced();
  const { outcome, originalBytes, variants, ...photograph } = result;
  return {
    ...photograph,
    original: bytes.subarray(0, originalBytes),
    variants: withBodies(variants, bytes.subarray(originalBytes)),
  };
}

/**
 * Makes the wanted variants of an original in a decoder process, unless uploads need the room: then it throws GaveWay. Throws UnusableImage
 * when the file is at fault by its structure.
 */
export async function makeAddedVariants(
  app: Pick<App, 'decoders'>,
  file: Buffer,
  type: AcceptedType,
  wanted: VariantName[],
  signal: AbortSignal,
): Promise<Variant[]> {
  const head: DecoderTask = { type, wanted };
  const memory = memoryOf(headerOf(file, type), file.length, { withAvif: true });
  const frame = await app.decoders.run({ head, bytes: file, memory }, { alone: false, signal, yields: true });
  const result = DecoderResult.parse(frame.head);
  if (result.outcome === 'unusable') throw new UnusableImage(result.reason);
  if (result.outcome === 'undecodable') throw new Error(result.reason);
  if (result.outcome !== 'added') throw unannounced();
  return withBodies(result.variants, frame.bytes);
}

function withBodies<V extends { bytes: number }>(variants: V[], bytes: Buffer) {
  let at = 0;
  const made = variants.map(({ bytes: length, ...variant }) => {
    at += length;
    return { ...variant, body: bytes.subarray(at - length, at) };
  });
  if (at !== bytes.length) throw unannounced();
  return made;
}

const unannounced = () => new Error('a decoder process sent something else than it announced');
