import { z } from 'zod';
import { AltText, Id, Page, pageInput, Timestamp, Url } from '../../core/fields.ts';
import { acceptedTypes } from '../../imaging/imageType.ts';

const EXAMPLE_ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';

export const MediaStatus = z
  .enum(['pending', 'uploaded', 'processing', 'completed', 'failed'])
  .meta({ description: 'pending → uploaded → processing → completed or failed', examples: ['completed'] });
export type MediaStatus = z.infer<typeof MediaStatus>;

const cameraFields = [
  'make',
  'model',
  'lens',
  'focalLength',
  'aperture',
  'exposureTime',
  'iso',
  'takenAt',
] as const;
export const CameraField = z.enum(cameraFields);

/** As texts for people, except takenAt. */
export const Camera = z
  .object({
    make: z.string().meta({ description: 'Who made the camera', examples: ['FUJIFILM'] }),
    model: z.string().meta({ description: 'Which camera', examples: ['X100V'] }),
    lens: z.string().meta({ description: 'Which lens', examples: ['23mm f/2'] }),
    focalLength: z.string().meta({ description: 'With unit', examples: ['23 mm'] }),
    aperture: z.string().meta({ description: 'As an f-number', examples: ['f/5.6'] }),
    exposureTime: z.string().meta({ description: 'With unit', examples: ['1/250 s'] }),
    iso: z.string().meta({ description: 'Sensitivity', examples: ['200'] }),
    takenAt: z.string().meta({
      description: 'Date and time on the clock of the camera, without a time zone',
      examples: ['2026-11-23T09:30:00'],
    }),
  })
  .partial()
  .meta({ id: 'Camera', description: 'What the owner chose to show of how it was taken' });
export type Camera = z.infer<typeof Camera>;

export const MediaVariant = z
  .object({
    name: z.enum(['thumb', 'medium', 'large']).meta({ description: 'Up to 200, 800 and 1600 pixels' }),
    type: z.enum(['image/webp', 'image/jpeg']).meta({ description: 'Media type', examples: ['image/webp'] }),
    url: Url.meta({
      description: 'Lasting for public photographs; for all others it ends within minutes: fetch it again',
      examples: ['https://media.example.org/pub/4nVJ9mQbT0w2kcLqXe7RsA/large.webp'],
    }),
    width: z.int().meta({ description: 'Pixels', examples: [1600] }),
    height: z.int().meta({ description: 'Pixels', examples: [1200] }),
    bytes: z.int().meta({ description: 'Length of the file', examples: [184_220] }),
  })
  .meta({ id: 'MediaVariant', description: 'One size of a photograph, in one format' });

const shown = {
  id: Id,
  status: MediaStatus,
  width: z
    .int()
    .nullable()
    .meta({ description: 'Of the upright original; null until it is completed', examples: [4032] }),
  height: z
    .int()
    .nullable()
    .meta({ description: 'Of the upright original; null until it is completed', examples: [3024] }),
  altText: z.string().meta({
    description: 'What the photograph shows, for those who can not see it',
    examples: ['A red bench under snow'],
  }),
  thumbhash: z
    .string()
    .nullable()
    .meta({
      description: 'ThumbHash in base64, a blurred placeholder',
      examples: ['1QcSHQRnh493V4dIh4eXh1h4kJUI'],
    }),
  dominantColor: z
    .string()
    .nullable()
    .meta({ description: '#rrggbb', examples: ['#6b7f99'] }),
  camera: Camera,
  variants: z.array(MediaVariant).meta({ description: 'Empty until it is completed' }),
};

export const MediaView = z
  .object(shown)
  .meta({ id: 'Media', description: 'A photograph. To others than its owner it is always completed' });
export type MediaView = z.infer<typeof MediaView>;

export const MediaRef = z.strictObject({ mediaId: Id });
export type MediaRef = z.infer<typeof MediaRef>;

export const UploadRef = z.strictObject({ uploadId: Id });
export type UploadRef = z.infer<typeof UploadRef>;

export const NewUpload = z.strictObject({
  contentType: z
    .string()
    .min(1)
    .max(100)
    .meta({
      description: `One of ${acceptedTypes.join(', ')}`,
      examples: ['image/jpeg'],
    }),
  bytes: z
    .int()
    .min(1)
    .meta({ description: 'Exact length of the file', examples: [2_431_022] }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'is not 64 hexadecimal digits')
    .transform((digest) => digest.toLowerCase())
    .optional()
    .meta({
      description:
        'SHA-256 of the file in hexadecimal; when given, other bytes are refused, and the same file makes no second photograph',
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
  altText: AltText.optional(),
});
export type NewUpload = z.infer<typeof NewUpload>;

export const UploadTicket = z
  .object({
    uploadId: Id,
    uploadUrl: Url.meta({
      description: 'Where to send the file; a secret of the uploader',
      examples: ['https://media.example.org/up/8Jc1kQ0vXbN2?X-Amz-Signature=5d1c0f'],
    }),
    method: z.literal('PUT').meta({ description: 'Of the request that sends the bytes' }),
    headers: z
      .record(z.string(), z.string())
      .meta({ description: 'To be sent exactly so', examples: [{ 'content-type': 'image/jpeg' }] }),
    expiresAt: Timestamp,
    status: MediaStatus.meta({
      description:
        '`pending`: send the bytes. Anything else: this file is here already, and neither sending nor completing is needed',
      examples: ['pending'],
    }),
  })
  .meta({
    id: 'UploadTicket',
    description: 'Where to send the bytes: once, with this method and these headers',
  });
export type UploadTicket = z.infer<typeof UploadTicket>;

export const UploadStatus = z
  .object({
    status: MediaStatus,
    mediaId: Id,
    reason: z
      .string()
      .optional()
      .meta({
        description: 'Why it failed, for people',
        examples: ['The file is not a JPEG, PNG, WebP or AVIF image'],
      }),
  })
  .meta({ id: 'UploadStatus', description: 'How far an upload has come' });
export type UploadStatus = z.infer<typeof UploadStatus>;

export const MediaEdit = z
  .strictObject({
    mediaId: Id,
    altText: AltText.optional(),
    shownCameraFields: z
      .array(CameraField)
      .max(cameraFields.length)
      .refine((fields) => new Set(fields).size === fields.length, 'names a field twice')
      .optional()
      .meta({ description: 'What others see of the camera data', examples: [['make', 'model']] }),
  })
  .meta({
    examples: [{ mediaId: EXAMPLE_ID, altText: 'A red bench under snow', shownCameraFields: ['model'] }],
  });
export type MediaEdit = z.infer<typeof MediaEdit>;

export const OwnMedia = z
  .object({
    ...shown,
    camera: Camera.meta({ description: 'All that is kept of how it was taken' }),
    shownCameraFields: z
      .array(CameraField)
      .meta({ description: 'What others see of the camera data', examples: [['make', 'model']] }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it failed, for people', examples: [null] }),
    originalUrl: Url.nullable().meta({
      description: 'The original without its metadata, for its owner only, good for minutes',
      examples: ['https://media.example.org/orig/8Jc1kQ0vXbN2?X-Amz-Signature=5d1c0f'],
    }),
    usedIn: z
      .object({
        postIds: z.array(Id).meta({ description: 'Posts with it' }),
        storyIds: z.array(Id).meta({ description: 'Stories with it' }),
        isAvatar: z.boolean().meta({ description: 'Whether it is the own avatar' }),
      })
      .meta({
        description: 'It can be deleted when it is used nowhere',
        examples: [{ postIds: [EXAMPLE_ID], storyIds: [], isAvatar: false }],
      }),
    createdAt: Timestamp,
  })
  .meta({ id: 'OwnMedia', description: 'An own photograph, with where it is used' });
export type OwnMedia = z.infer<typeof OwnMedia>;

export const OwnMediaPage = Page(OwnMedia);
export const OwnMediaInput = z.strictObject(pageInput);
export type OwnMediaInput = z.infer<typeof OwnMediaInput>;
