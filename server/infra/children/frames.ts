/** A message between a process and its child: something small as JSON, and bytes. */
export interface Frame {
  head: unknown;
  bytes: Buffer;
}

const SIZES = 8;
/** Far more than any head has. */
const MAX_HEAD = 4 * 1024 * 1024;

/** The parts of a frame, to be written one after the other: the bytes are not copied. */
export function partsOf(head: unknown, bytes: Buffer[]): Buffer[] {
  const json = Buffer.from(JSON.stringify(head));
  const sizes = Buffer.alloc(SIZES);
  sizes.writeUInt32LE(json.length, 0);
  sizes.writeUInt32LE(
    bytes.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  return [sizes, json, ...bytes];
}

/**
 * Takes a stream chunk by chunk and calls back with each complete frame. Bytes are collected in one buffer of their length; throws at a
 * frame that claims more than `maxBytes`.
 */
export function collectFrames(maxBytes: number, onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let stage: 'sizes' | 'head' | 'bytes' = 'sizes';
  let target = Buffer.alloc(SIZES);
  let filled = 0;
  let bytesLength = 0;
  let head: unknown;

  function advance(): void {
    const complete = target;
    filled = 0;
    if (stage === 'sizes') {
      const headLength = complete.readUInt32LE(0);
      bytesLength = complete.readUInt32LE(4);
      if (headLength > MAX_HEAD || bytesLength > maxBytes) throw new Error('a frame is too large');
      stage = 'head';
      target = Buffer.alloc(headLength);
    } else if (stage === 'head') {
      head = JSON.parse(complete.toString());
      stage = 'bytes';
      target = Buffer.allocUnsafeSlow(bytesLength);
    } else {
      stage = 'sizes';
      target = Buffer.alloc(SIZES);
      onFrame({ head, bytes: complete });
    }
  }

  return (chunk) => {
    for (let from = 0; from < chunk.length || filled === target.length; ) {
      const copied = chunk.copy(target, filled, from);
      from += copied;
      filled += copied;
      if (filled < target.length) return;
      advance();
    }
  };
}
