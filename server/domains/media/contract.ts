import { z } from 'zod';
import { AltText, Id, Page, pageInput, Timestamp, Url, UrlEnd } from '../../core/fields.ts';
import { knownTypes } from '../../imaging/imageType.ts';
import { UploadPart } from './parts/contract.ts';
import { IsHdr, MediaVariant } from './processing/contract.ts';
import { editedRights, ProposedRights, shownRights } from './rights/contract.ts';

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

/** Texts for people, except takenAt. */
export const Camera = z
  .object({
    make: z.string().meta({ description: 'Manufacturer of the camera', examples: ['FUJIFILM'] }),
    model: z.string().meta({ description: 'Model of the camera', examples: ['X100V'] }),
    lens: z
      .string()
      .meta({ description: 'Model of the lens, or its focal lengths and apertures', examples: ['23mm f/2'] }),
    focalLength: z.string().meta({
      description: 'Focal length with its unit; in brackets the equivalent on 35 mm film, where it differs',
      examples: ['23 mm', '6.9 mm (24 mm equivalent)'],
    }),
    aperture: z.string().meta({ description: 'Aperture as an f-number', examples: ['f/5.6'] }),
    exposureTime: z.string().meta({ description: 'Exposure time with its unit', examples: ['1/250 s'] }),
    iso: z.string().meta({ description: 'ISO sensitivity', examples: ['200'] }),
    takenAt: z.string().meta({
      description: "Date and time by the camera's clock, without a time zone",
      examples: ['2026-11-23T09:30:00'],
    }),
  })
  .partial()
  .meta({ id: 'Camera', description: 'The camera data that the owner chose to show' });
export type Camera = z.infer<typeof Camera>;

const shown = {
  id: Id,
  status: MediaStatus,
  width: z
    .int()
    .nullable()
    .meta({
      description: 'Width of the original in pixels, after rotating it upright; null until it is processed',
      examples: [4032],
    }),
  height: z
    .int()
    .nullable()
    .meta({
      description: 'Height of the original in pixels, after rotating it upright; null until it is processed',
      examples: [3024],
    }),
  altText: z.string().meta({
    description:
      "A description of the photo for people who can't see it; in a post, the one that the post has for it",
    examples: ['A red bench under snow'],
  }),
  thumbhash: z
    .string()
    .nullable()
    .meta({
      description: 'ThumbHash in base64, for a blurred placeholder',
      examples: ['1QcSHQRnh493V4dIh4eXh1h4kJUI'],
    }),
  dominantColor: z
    .string()
    .nullable()
    .meta({ description: 'Dominant colour as #rrggbb', examples: ['#6b7f99'] }),
  camera: Camera,
  ...shownRights,
  isHdr: IsHdr,
  variants: z.array(MediaVariant).meta({ description: 'Empty until the photo is processed' }),
};

const Reason = z.string().meta({
  description: 'Human-readable reason for the failure',
  examples: ['The file is damaged: it cannot be decoded'],
});

const RetryUntil = Timestamp.meta({
  description:
    'Only if the failure was not the fault of the file, which is kept until then: complete the upload again, or upload the same file again, to try again',
});

export const MediaView = z
  .object({ ...shown, reason: Reason.optional(), retryUntil: RetryUntil.optional() })
  .meta({
    id: 'Media',
    description:
      'A photo. Users other than its owner only see it once it is `completed`; only its owner sees why it failed',
  });
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
      description: `What you believe the file to be: one of ${knownTypes.join(', ')} (the policy has those accepted), in upper or lower case, with or without parameters. The content decides what it is`,
      examples: ['image/jpeg'],
    }),
  bytes: z
    .int()
    .min(1, 'the file is empty; choose another')
    .meta({ description: 'Exact size of the file in bytes', examples: [2_431_022] }),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .transform((digest) => digest.toLowerCase())
    .optional()
    .meta({
      description:
        'SHA-256 of the file in hexadecimal. If given, a file with another hash is rejected, and uploading the same file again creates no second photo',
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
  altText: AltText.optional(),
});
export type NewUpload = z.infer<typeof NewUpload>;

export const UploadTicket = z
  .object({
    uploadId: Id,
    uploadUrl: Url.meta({
      description: 'URL to send the file to; keep it secret',
      examples: ['https://media.example.org/up/8Jc1kQ0vXbN2?X-Amz-Signature=5d1c0f'],
    }),
    method: z.literal('PUT').meta({ description: 'HTTP method for sending the file' }),
    headers: z.record(z.string(), z.string()).meta({
      description: 'Headers to send exactly as given',
      examples: [{ 'content-type': 'image/jpeg' }],
    }),
    expiresAt: Timestamp,
    parts: z.array(UploadPart).optional().meta({
      description:
        'Only above 8 MiB: the parts that may be sent instead of the whole file, in any order and several at once',
    }),
    status: MediaStatus.meta({
      description:
        '`pending`: send the file. Anything else: the file has already been uploaded, and there is nothing to send or complete',
      examples: ['pending'],
    }),
  })
  .meta({
    id: 'UploadTicket',
    description: 'Permission to upload one file once, with the given method and headers',
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
        description: 'Human-readable reason for the failure',
        examples: ['This is a GIF; send JPEG, PNG, WebP, AVIF or HEIC'],
      }),
    parts: z.array(UploadPart).optional().meta({
      description: 'The parts that are missing, with new URLs, of a pending upload that can be sent in parts',
    }),
    retryUntil: RetryUntil.optional(),
  })
  .meta({ id: 'UploadStatus', description: 'The status of an upload' });
export type UploadStatus = z.infer<typeof UploadStatus>;

export const MediaEdit = z
  .strictObject({
    mediaId: Id,
    altText: AltText.optional(),
    shownCameraFields: z
      .array(CameraField)
      .max(cameraFields.length)
      .refine((fields) => new Set(fields).size === fields.length, 'must not name a field twice')
      .optional()
      .meta({ description: 'The camera data that others can see', examples: [['make', 'model']] }),
    ...editedRights,
  })
  .meta({
    examples: [{ mediaId: EXAMPLE_ID, altText: 'A red bench under snow', shownCameraFields: ['model'] }],
  });
export type MediaEdit = z.infer<typeof MediaEdit>;

export const OwnMedia = z
  .object({
    ...shown,
    camera: Camera.meta({ description: 'All camera data that is kept' }),
    shownCameraFields: z
      .array(CameraField)
      .meta({ description: 'The camera data that others can see', examples: [['make', 'model']] }),
    fileRights: ProposedRights,
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Human-readable reason for the failure', examples: [null] }),
    retryUntil: RetryUntil.nullable(),
    originalUrl: Url.nullable().meta({
      description: 'The original without its metadata, for its owner only; it may redirect',
      examples: ['https://ciel.example.org/media/01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11/c3.t5/original'],
    }),
    originalUrlExpiresAt: UrlEnd,
    usedIn: z
      .object({
        postIds: z.array(Id).meta({ description: 'Posts that contain the photo' }),
        storyIds: z.array(Id).meta({ description: 'Stories that show the photo' }),
        isAvatar: z.boolean().meta({ description: "Whether it is the owner's avatar" }),
      })
      .meta({
        description: "Where the photo is used; it can be deleted once it isn't used anywhere",
        examples: [{ postIds: [EXAMPLE_ID], storyIds: [], isAvatar: false }],
      }),
    isTakenDown: z.boolean().meta({
      description:
        "Whether it was taken down: others don't see it anywhere, and it can't be used again. `GET /account/actions` says why",
      examples: [false],
    }),
    createdAt: Timestamp,
  })
  .meta({ id: 'OwnMedia', description: 'One of your photos and where it is used' });
export type OwnMedia = z.infer<typeof OwnMedia>;

export const OwnMediaPage = Page(OwnMedia);
export const OwnMediaInput = z.strictObject(pageInput);
export type OwnMediaInput = z.infer<typeof OwnMediaInput>;
