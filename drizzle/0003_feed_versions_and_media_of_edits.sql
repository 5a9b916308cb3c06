ALTER TABLE "feed_readers" ADD COLUMN "version" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "post_edits" ADD COLUMN "media" jsonb DEFAULT '[]'::jsonb NOT NULL;