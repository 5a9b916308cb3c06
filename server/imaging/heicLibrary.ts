import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The functions of libheif that are called here, as Emscripten exports them: pointers and sizes are numbers. */
export interface Libheif {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colourSpace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_colorspace(image: number): number;
  _heif_image_get_chroma_format(image: number): number;
  _heif_image_has_channel(image: number, channel: number): number;
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number;
  _heif_image_get_nclx_color_profile(error: number, image: number, profile: number): void;
}

type Factory = (options: { wasmBinary: Uint8Array; print(): void; printErr(): void }) => Libheif;

const require = createRequire(import.meta.url);
const PROGRAM = 'libheif-js/libheif-wasm/libheif.wasm';

/** The package is optional, because of its licence (LGPL): without it HEIC is refused. */
export const isHeicAvailable: boolean = findProgram() !== null;

function findProgram(): string | null {
  try {
    const path = require.resolve(PROGRAM);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** A fresh libheif whose memory never exceeds `memory` bytes. */
export function loadLibheif(memory: number): Libheif {
  const wasmBinary = withMemoryLimit(readFileSync(require.resolve(PROGRAM)), memory);
  const create = require('libheif-js/libheif-wasm/libheif.js') as Factory;
  return create({ wasmBinary, print() {}, printErr() {} });
}

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
const PAGE_BYTES = 65_536;

/**
 * The WebAssembly program with another maximum of its memory, in the section that declares it: nothing else bounds it, neither the
 * options of the loader nor the resource limits of a worker.
 */
export function withMemoryLimit(program: Buffer, memory: number): Buffer {
  const limited = Buffer.from(program);
  let at = HEADER_BYTES;
  const take = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = limited[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < limited.length) {
    const section = limited[at++];
    const end = take() + at;
    if (section !== MEMORY_SECTION) {
      at = end;
      continue;
    }
    const [count, flags] = [take(), take()];
    const least = take();
    const start = at;
    take();
    if (count !== 1 || flags !== 1) break;
    writePadded(limited, start, at, Math.max(least, Math.ceil(memory / PAGE_BYTES)));
    return limited;
  }
  throw new Error('libheif has no memory whose limit could be set');
}

/** LEB128 in exactly the bytes that are there. */
function writePadded(target: Buffer, from: number, to: number, value: number): void {
  for (let at = from, rest = value; at < to; at++) {
    target[at] = (rest & 0x7f) | (at < to - 1 ? 0x80 : 0);
    rest = Math.floor(rest / 128);
  }
}
