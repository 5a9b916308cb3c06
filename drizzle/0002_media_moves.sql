ALTER TABLE "media" ADD COLUMN "moving_to" text;--> statement-breakpoint
CREATE UNIQUE INDEX "media_upload_key" ON "media" USING btree ("upload_key");