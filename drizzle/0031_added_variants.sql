ALTER TABLE "media" ADD COLUMN "added_variants" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "added_place" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "is_hdr" boolean;