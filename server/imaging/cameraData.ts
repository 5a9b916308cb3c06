import { type ExifValue, readExif } from './exif.ts';
import { plainText } from './plainText.ts';

type Values = Map<number, ExifValue>;

const MAKE = 0x010f;
const MODEL = 0x0110;
const EXPOSURE_TIME = 0x829a;
const F_NUMBER = 0x829d;
const PHOTOGRAPHIC_SENSITIVITY = 0x8827;
const SENSITIVITY_TYPE = 0x8830;
const STANDARD_OUTPUT_SENSITIVITY = 0x8831;
const RECOMMENDED_EXPOSURE_INDEX = 0x8832;
const ISO_SPEED = 0x8833;
const DATE_TIME_ORIGINAL = 0x9003;
const FOCAL_LENGTH = 0x920a;
const FOCAL_LENGTH_35MM = 0xa405;
const LENS_SPECIFICATION = 0xa432;
const LENS_MODEL = 0xa434;

/** The tags that are read (CIPA DC-008). Location, serial numbers and all other fields are ignored; names are read by `rightsOf`. */
const TAGS = [
  ...[MAKE, MODEL, EXPOSURE_TIME, F_NUMBER, DATE_TIME_ORIGINAL, LENS_SPECIFICATION, LENS_MODEL],
  ...[FOCAL_LENGTH, FOCAL_LENGTH_35MM, PHOTOGRAPHIC_SENSITIVITY, SENSITIVITY_TYPE],
  ...[STANDARD_OUTPUT_SENSITIVITY, RECOMMENDED_EXPOSURE_INDEX, ISO_SPEED],
];

const fields = {
  make: (values) => words(values.get(MAKE)),
  model: (values) => words(values.get(MODEL)),
  lens: (values) => words(values.get(LENS_MODEL)) ?? lensBySpecification(values.get(LENS_SPECIFICATION)),
  focalLength,
  aperture: (values) => aperture(amount(values.get(F_NUMBER))),
  exposureTime: (values) => exposure(amount(values.get(EXPOSURE_TIME))),
  iso,
  takenAt: (values) => moment(values.get(DATE_TIME_ORIGINAL)),
} satisfies Record<string, (values: Values) => string | null>;

/** Texts for people, except `takenAt`, which is a local date and time. */
export type CameraData = Partial<Record<keyof typeof fields, string>>;

/** Takes the EXIF block as sharp returns it; fields that are missing or make no sense are left out. */
export function cameraDataOf(exif: Buffer | undefined): CameraData {
  const values: Values = exif ? readExif(exif, TAGS) : new Map();
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, show]) => {
      const text = show(values);
      return text === null ? [] : [[field, text]];
    }),
  );
}

const MAX_LENGTH = 100;

const words = (value: ExifValue | undefined) => plainText(value, MAX_LENGTH);

const isAmount = (value: ExifValue | undefined): value is number =>
  typeof value === 'number' && value > 0 && value < 1e7;

const amount = (value: ExifValue | undefined): number | null => (isAmount(value) ? value : null);

const rounded = (value: number) => String(Number(value.toFixed(value < 100 ? 1 : 0)));

/** Below f/2 the steps of lenses differ in the second decimal. */
const fNumber = (value: number) => String(Number(value.toFixed(value < 2 ? 2 : 1)));

const aperture = (value: number | null) => (value === null ? null : `f/${fNumber(value)}`);

/** The equivalent is named only where it differs. */
function focalLength(values: Values): string | null {
  const length = amount(values.get(FOCAL_LENGTH));
  const equivalent = amount(values.get(FOCAL_LENGTH_35MM));
  if (length === null) return equivalent === null ? null : `${rounded(equivalent)} mm equivalent`;
  const isSame = equivalent === null || Math.abs(equivalent / length - 1) < 0.03;
  return isSame ? `${rounded(length)} mm` : `${rounded(length)} mm (${rounded(equivalent)} mm equivalent)`;
}

/** A fraction where the camera means one, else seconds: 1/250, 1/3, 0.4, 1.3, 30. */
function exposure(seconds: number | null): string | null {
  if (seconds === null) return null;
  const parts = Math.round(1 / seconds);
  const isFraction = parts > 1 && Math.abs(seconds * parts - 1) < 0.01;
  return isFraction || seconds <= 0.25 ? `1/${parts} s` : `${rounded(seconds)} s`;
}

/** The first field holds at most 65535, and then others hold the value; their order follows what the type says. */
function iso(values: Values): string | null {
  const short = amount(values.get(PHOTOGRAPHIC_SENSITIVITY));
  if (short !== null && short < 65_535) return String(Math.round(short));
  const type = values.get(SENSITIVITY_TYPE);
  const recommendedFirst = [RECOMMENDED_EXPOSURE_INDEX, STANDARD_OUTPUT_SENSITIVITY, ISO_SPEED];
  const byType: Record<number, number> = { 1: STANDARD_OUTPUT_SENSITIVITY, 3: ISO_SPEED, 5: ISO_SPEED };
  const first = typeof type === 'number' ? byType[type] : undefined;
  const order = first === undefined ? recommendedFirst : [first, ...recommendedFirst];
  const long = order.map((tag) => amount(values.get(tag))).find((value) => value !== null);
  const value = long ?? short;
  return value === null ? null : String(Math.round(value));
}

/** Shortest and longest focal length, and the largest apertures at them; an unknown one is 0/0. */
function lensBySpecification(value: ExifValue | undefined): string | null {
  if (!Array.isArray(value) || value.length < 4) return null;
  const [shortest, longest, atShortest, atLongest] = value as [number, number, number, number];
  if (!isAmount(shortest) || !isAmount(longest)) return null;
  const lengths = [...new Set([rounded(shortest), rounded(longest)])].join('–');
  const apertures = [...new Set([atShortest, atLongest].filter(isAmount).map(fNumber))].join('–');
  return apertures === '' ? `${lengths} mm` : `${lengths} mm f/${apertures}`;
}

/** `2026:11:23 09:30:00` on the camera's clock becomes `2026-11-23T09:30:00`. */
function moment(value: ExifValue | undefined): string | null {
  const [, date, time] = /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(String(value ?? '').trim()) ?? [];
  const text = `${date?.replaceAll(':', '-')}T${time}`;
  return date !== undefined && !Number.isNaN(Date.parse(`${text}Z`)) ? text : null;
}
