ALTER TABLE "media" ADD COLUMN "handed_out_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "lost_jobs" integer DEFAULT 0 NOT NULL;