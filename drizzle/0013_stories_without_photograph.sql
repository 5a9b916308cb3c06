ALTER TABLE "stories" ALTER COLUMN "media_id" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "stories_author_expires_idx" ON "stories" USING btree ("author_id","expires_at","id");--> statement-breakpoint
ALTER TABLE "stories" ADD CONSTRAINT "stories_media_check" CHECK ("stories"."media_id" is not null or "stories"."deleted_at" is not null);