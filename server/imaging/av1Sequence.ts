import { type Av1Unit, av1Units, SEQUENCE_HEADER } from './av1Units.ts';

const MAIN_TIER_LEVELS = 7;
const PROFESSIONAL = 2;
const HIGH = 1;

/**
 * The code points of colour in the sequence header of a picture coded by AV1 (AV1 Bitstream & Decoding Process Specification, 5.5);
 * null when it states none, or ends too early.
 */
export function sequenceColour(data: Buffer): [primaries: number, transfer: number] | null {
  for (const unit of av1Units(data)) if (unit.type === SEQUENCE_HEADER) return colourIn(data, unit);
  return null;
}

function colourIn(data: Buffer, { body, end }: Av1Unit): [number, number] | null {
  let at = body * 8;
  const take = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) {
      const byte = at < end * 8 ? data[at >> 3]! : 0;
      value = value * 2 + ((byte >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const flag = () => take(1) === 1;
  const profile = take(3);
  take(1);
  const isReduced = flag();
  if (isReduced) take(5);
  else skipOperation(take, flag);
  const [widthBits, heightBits] = [take(4) + 1, take(4) + 1];
  take(widthBits + heightBits);
  if (!isReduced && flag()) take(7);
  take(3);
  if (!isReduced) skipTools(take, flag);
  take(3);
  const isDeep = flag();
  if (profile === PROFESSIONAL && isDeep) take(1);
  if (profile !== HIGH) take(1);
  const codes: [number, number] | null = flag() ? [take(8), take(8)] : null;
  return at <= end * 8 ? codes : null;
}

type Take = (bits: number) => number;
type Flag = () => boolean;

/** Times, models of decoders and operating points. */
function skipOperation(take: Take, flag: Flag): void {
  let delayBits = 0;
  if (flag()) {
    take(64);
    if (flag()) skipVariableLength(take, flag);
    if (flag()) {
      delayBits = take(5) + 1;
      take(42);
    }
  }
  const hasDelay = flag();
  for (let points = take(5) + 1; points > 0; points--) {
    take(12);
    if (take(5) > MAIN_TIER_LEVELS) take(1);
    if (delayBits > 0 && flag()) take(2 * delayBits + 1);
    if (hasDelay && flag()) take(4);
  }
}

function skipVariableLength(take: Take, flag: Flag): void {
  let zeros = 0;
  while (zeros < 32 && !flag()) zeros++;
  if (zeros < 32) take(zeros);
}

/** What only moving pictures need. */
function skipTools(take: Take, flag: Flag): void {
  take(4);
  const hasOrder = flag();
  if (hasOrder) take(2);
  const isScreenContentPossible = flag() || flag();
  if (isScreenContentPossible && !flag()) take(1);
  if (hasOrder) take(3);
}
