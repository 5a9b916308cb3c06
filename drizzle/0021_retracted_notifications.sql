ALTER TABLE "notifications" ADD COLUMN "retracted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "follows" ADD COLUMN "by_request" boolean DEFAULT false NOT NULL;