import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, time } from './columns.ts';
import { users } from './users.ts';

/** One stored picture made from an original; its object key is `<area>/<folder>/<name>.<format>`. */
export interface StoredVariant {
  name: 'thumb' | 'medium' | 'large' | 'xlarge' | 'full';
  format: 'webp' | 'jpeg' | 'avif';
  width: number;
  height: number;
  bytes: number;
}

export type CameraField =
  | 'make'
  | 'model'
  | 'lens'
  | 'focalLength'
  | 'aperture'
  | 'exposureTime'
  | 'iso'
  | 'takenAt';

/** What an uploaded file said of its rights; proposed to its owner. */
export interface FileRights {
  copyright?: string | undefined;
  creator?: string | undefined;
  license?: string | undefined;
  noAi?: boolean | undefined;
}

export const media = pgTable(
  'media',
  {
    id: id(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: text('status')
      .$type<'pending' | 'uploaded' | 'processing' | 'completed' | 'failed'>()
      .notNull()
      .default('pending'),
    /** Why it failed, in words for its owner. */
    failure: text('failure'),
    /** Until then the uploaded file of a failed photo is kept: the failure was not the file's fault, so it can be tried again. */
    keptUntil: time('kept_until'),
    /** When its job was last sent to a queue beside the table; null when it never was. */
    handedOutAt: time('handed_out_at'),
    /** How often that queue has lost its job. */
    lostJobs: integer('lost_jobs').notNull().default(0),
    /** Counts attempts at processing: a worker whose attempt was replaced can't finish with an old number. */
    attempt: integer('attempt').notNull().default(0),
    contentType: text('content_type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256'),
    /** Of the bytes as they arrived, and of the original; null until the photo is completed, or hashed later. */
    uploadSha256: text('upload_sha256'),
    originalSha256: text('original_sha256'),
    altText: text('alt_text').notNull().default(''),
    uploadKey: text('upload_key').notNull(),
    /** The store's id of the upload in parts that may be sent instead of the whole file; null for small files. */
    partsId: text('parts_id'),
    originalKey: text('original_key'),
    /** Where the variants are: `pub` can be read by anybody, `priv` only by signed URLs. */
    area: text('area').$type<'pub' | 'priv'>().notNull().default('priv'),
    /** Unguessable; replaced whenever the variants are hidden, so that old URLs stop working. */
    folder: text('folder'),
    /** `<area>/<folder>` that a move is filling: known before its first object is written, so that none is orphaned. */
    movingTo: text('moving_to'),
    /** Thumb, medium and large as WebP and JPEG: those that every release knows. */
    variants: jsonb('variants').$type<StoredVariant[]>().notNull().default([]),
    /** All others, at the place below. They count only while that is where the variants are. */
    addedVariants: jsonb('added_variants').$type<StoredVariant[]>().notNull().default([]),
    /** `<area>/<folder>` */
    addedPlace: text('added_place'),
    /** Attempts at making those that are missing: a worker whose attempt was replaced can't add its own. */
    addedAttempt: integer('added_attempt').notNull().default(0),
    /** When the next attempt may begin; null when none is missing, or could be made. */
    addedDue: time('added_due').defaultNow(),
    /** Whether the JPEG variants carry a gain map; null when a release that did not look has processed it. */
    isHdr: boolean('is_hdr'),
    width: integer('width'),
    height: integer('height'),
    /** ThumbHash in base64. */
    thumbhash: text('thumbhash'),
    /** `#rrggbb` */
    dominantColor: text('dominant_color'),
    camera: jsonb('camera').$type<Partial<Record<CameraField, string>>>().notNull().default({}),
    shownCameraFields: jsonb('shown_camera_fields').$type<CameraField[]>().notNull().default([]),
    /** Only its owner sees what the file said; the columns below are what the owner chose to show. */
    fileRights: jsonb('file_rights').$type<FileRights>().notNull().default({}),
    copyright: text('copyright'),
    creator: text('creator'),
    license: text('license'),
    /** The owner's wish that it is not used to train models. */
    noAi: boolean('no_ai').notNull().default(false),
    createdAt: createdAt(),
    uploadExpiresAt: time('upload_expires_at').notNull(),
    statusChangedAt: time('status_changed_at').notNull().defaultNow(),
  },
  (t) => [
    index('media_owner_idx').on(t.ownerId, t.createdAt, t.id),
    index('media_same_file_idx').on(t.ownerId, t.sha256).where(sql`${t.sha256} is not null`),
    index('media_unfinished_idx')
      .on(t.status, t.statusChangedAt)
      .where(sql`${t.status} in ('pending', 'uploaded', 'processing')`),
    index('media_upload_sha_idx').on(t.uploadSha256).where(sql`${t.uploadSha256} is not null`),
    index('media_original_sha_idx').on(t.originalSha256).where(sql`${t.originalSha256} is not null`),
    index('media_unhashed_idx')
      .on(t.id)
      .where(sql`${t.status} = 'completed' and ${t.originalSha256} is null`),
    index('media_lacking_idx').on(t.id).where(sql`${t.status} = 'completed' and ${t.addedDue} is not null`),
    index('media_left_behind_idx').on(t.id).where(sql`${t.addedPlace} <> ${t.area} || '/' || ${t.folder}`),
    uniqueIndex('media_folder_key').on(t.folder),
    index('media_original_idx').on(t.originalKey),
    index('media_moving_idx').on(t.movingTo).where(sql`${t.movingTo} is not null`),
    uniqueIndex('media_upload_key').on(t.uploadKey),
    check(
      'media_status_check',
      sql`${t.status} in ('pending', 'uploaded', 'processing', 'completed', 'failed')`,
    ),
    check('media_area_check', sql`${t.area} in ('pub', 'priv')`),
    check('media_failure_check', sql`(${t.status} = 'failed') = (${t.failure} is not null)`),
    check('media_kept_check', sql`${t.keptUntil} is null or ${t.status} = 'failed'`),
    check(
      'media_completed_check',
      sql`${t.status} <> 'completed' or (${t.folder} is not null and ${t.originalKey} is not null and ${t.width} > 0 and ${t.height} > 0 and ${t.thumbhash} is not null)`,
    ),
  ],
);

/**
 * Where the variants of a photo were before its audience grew: readable as long as the URLs that were handed out, unless the
 * audience shrinks first.
 */
export const retainedPlaces = pgTable(
  'retained_places',
  {
    /** `<area>/<folder>` */
    place: text('place').primaryKey(),
    mediaId: uuid('media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    until: time('until').notNull(),
  },
  (t) => [index('retained_places_media_idx').on(t.mediaId), index('retained_places_until_idx').on(t.until)],
);

export const avatars = pgTable(
  'avatars',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    mediaId: uuid('media_id')
      .notNull()
      .references(() => media.id),
  },
  (t) => [index('avatars_media_idx').on(t.mediaId)],
);
