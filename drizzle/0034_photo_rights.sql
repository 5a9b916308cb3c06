ALTER TABLE "media" ADD COLUMN "file_rights" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "copyright" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "creator" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "license" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "no_ai" boolean DEFAULT false NOT NULL;