import { type ExifValue, readExif } from './exif.ts';

type Show = (value: ExifValue | undefined) => string | null;

/** The fields that are read, by EXIF tag (CIPA DC-008). Location, serial numbers, names and all other fields are ignored. */
const fields = {
  make: { tag: 0x010f, show: words },
  model: { tag: 0x0110, show: words },
  lens: { tag: 0xa434, show: words },
  focalLength: { tag: 0x920a, show: amount((mm) => `${rounded(mm)} mm`) },
  aperture: { tag: 0x829d, show: amount((f) => `f/${rounded(f)}`) },
  exposureTime: { tag: 0x829a, show: amount(exposure) },
  iso: { tag: 0x8827, show: amount((iso) => String(Math.round(iso))) },
  takenAt: { tag: 0x9003, show: moment },
} satisfies Record<string, { tag: number; show: Show }>;

/** Texts for people, except `takenAt`, which is a local date and time. */
export type CameraData = Partial<Record<keyof typeof fields, string>>;

/** Takes the EXIF block as sharp returns it; fields that are missing or make no sense are left out. */
export function cameraDataOf(exif: Buffer | undefined): CameraData {
  const all = Object.entries(fields);
  const tags = all.map(([, { tag }]) => tag);
  const values = exif ? readExif(exif, tags) : new Map<number, ExifValue>();
  return Object.fromEntries(
    all.flatMap(([field, { tag, show }]) => {
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
