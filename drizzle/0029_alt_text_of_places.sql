ALTER TABLE "post_media" ADD COLUMN "alt_text" text;--> statement-breakpoint
UPDATE "post_media" SET "alt_text" = "media"."alt_text" FROM "media" WHERE "media"."id" = "post_media"."media_id";
