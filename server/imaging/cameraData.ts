import type { CameraField } from '../schema/media.ts';
import { type ExifValue, readExif } from './exif.ts';

type Show = (value: ExifValue | undefined) => string | null;

/** The fields that are shown. Location, serial numbers, names and everything else are never read. */
const fields: [field: CameraField, tag: number, show: Show][] = [
  ['make', 0x010f, words],
  ['model', 0x0110, words],
  ['lens', 0xa434, words],
  ['focalLength', 0x920a, amount((mm) => `${rounded(mm)} mm`)],
  ['aperture', 0x829d, amount((f) => `f/${rounded(f)}`)],
  ['exposureTime', 0x829a, amount(exposure)],
  ['iso', 0x8827, amount((iso) => String(Math.round(iso)))],
  ['takenAt', 0x9003, moment],
];

export function cameraDataOf(exif: Buffer | undefined): Partial<Record<CameraField, string>> {
  const values = exif
    ? readExif(
        exif,
        fields.map(([, tag]) => tag),
      )
    : new Map<number, ExifValue>();
  return Object.fromEntries(
    fields.flatMap(([field, tag, show]) => {
      const text = show(values.get(tag));
      return text === null ? [] : [[field, text]];
    }),
  );
}

const MAX_LENGTH = 100;

function words(value: ExifValue | undefined): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]+/gu, ' ')
    .normalize('NFC')
    .trim();
  return text === '' ? null : [...text].slice(0, MAX_LENGTH).join('');
}

function amount(show: (value: number) => string): Show {
  return (value) => (typeof value === 'number' && value > 0 && value < 1e7 ? show(value) : null);
}

const rounded = (value: number) => String(Number(value.toFixed(value < 100 ? 1 : 0)));

function exposure(seconds: number): string {
  return seconds >= 0.3 ? `${rounded(seconds)} s` : `1/${Math.round(1 / seconds)} s`;
}

/** `2026:11:23 09:30:00` on the camera's clock becomes `2026-11-23T09:30:00`. */
function moment(value: ExifValue | undefined): string | null {
  const [, date, time] = /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(String(value ?? '').trim()) ?? [];
  const text = `${date?.replaceAll(':', '-')}T${time}`;
  return date !== undefined && !Number.isNaN(Date.parse(`${text}Z`)) ? text : null;
}
