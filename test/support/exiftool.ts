import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const hasExiftool = spawnSync('exiftool', ['-ver']).status === 0;
if (!hasExiftool) console.log('exiftool is not installed: what it would say of stored files is not asked');

/**
 * What a file needs so that it can be decoded and shown, tag by tag where a group has room for words too: nothing in it tells
 * who, where, when or with what.
 */
const HARMLESS = new Set([
  'ExifTool:ExifToolVersion',
  'System:*',
  'File:*',
  'Composite:ImageSize',
  'Composite:Megapixels',
  ...tags('JFIF', 'JFIFVersion ResolutionUnit XResolution YResolution'),
  'IFD0:Orientation',
  ...tags(
    'RIFF',
    'WebP_Flags ImageWidth ImageHeight HorizontalScale VerticalScale VP8Version AlphaIsUsed AlphaPreprocessing AlphaFiltering AlphaCompression',
  ),
  ...tags(
    'XMP-hdrgm',
    'Version GainMapMin GainMapMax Gamma OffsetSDR OffsetHDR HDRCapacityMin HDRCapacityMax',
  ),
  'XMP-hdrgm:BaseRenditionIsHDR',
  ...tags('XMP-Container', 'DirectoryItemMime DirectoryItemSemantic DirectoryItemLength'),
  ...tags('MPF0', 'MPFVersion NumberOfImages'),
  'MPImage1:*',
  'MPImage2:*',
  ...tags('PNG', 'ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace ProfileName'),
  'PNG-pHYs:*',
  'PNG-cICP:*',
  'Meta:PrimaryItemReference',
  ...tags(
    'QuickTime',
    'MajorBrand MinorVersion CompatibleBrands HandlerType ImageSpatialExtent ImagePixelDepth AV1ConfigurationVersion ChromaFormat ChromaSamplePosition HighBitDepth TwelveBit InitialDelaySamples SeqLevelIdx0 SeqProfile SeqTier0 MediaData MediaDataOffset MediaDataSize ColorProfiles ColorPrimaries TransferCharacteristics MatrixCoefficients VideoFullRangeFlag Rotation Mirroring',
  ),
  'ICC-header:*',
  'ICC_Profile:*',
  'Adobe:*',
]);

/** The numbers of ISO 21496-1, which exiftool doesn't know yet. */
const UNKNOWN_SEGMENT = '[minor] Unknown APP2 segment';

function tags(group: string, names: string): string[] {
  return names.split(' ').map((name) => `${group}:${name}`);
}

/** What exiftool finds in the files beyond what is needed to show them. */
export async function foundByExiftool(...files: Buffer[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ciel-exiftool-'));
  try {
    const paths = files.map((_, i) => join(folder, String(i)));
    await Promise.all(files.map((file, i) => writeFile(paths[i]!, file)));
    const { stdout } = await promisify(execFile)('exiftool', [
      '-a',
      '-G1',
      '-s',
      '-u',
      '-ee',
      '-j',
      ...paths,
    ]);
    const all = JSON.parse(stdout) as Record<string, unknown>[];
    if (all.length !== files.length) throw new Error(`exiftool read ${all.length} of ${files.length} files`);
    return all.flatMap((tags) =>
      Object.entries(tags)
        .filter(([name]) => name !== 'SourceFile')
        .filter(([name]) => !HARMLESS.has(name) && !HARMLESS.has(`${name.split(':')[0]}:*`))
        .filter(([, value]) => value !== UNKNOWN_SEGMENT)
        .map(([name, value]) => `${name} = ${String(value)}`),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
