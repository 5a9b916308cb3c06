CREATE TABLE "cleanup_tasks" (
	"task" text PRIMARY KEY NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"ran_at" timestamp (3) with time zone,
	"progress" text
);
--> statement-breakpoint
DROP INDEX "security_events_user_idx";--> statement-breakpoint
ALTER TABLE "invites" ADD COLUMN "departed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "security_events_created_idx" ON "security_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "sessions_revoked_idx" ON "sessions" USING btree ("revoked_at") WHERE "sessions"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "media_original_idx" ON "media" USING btree ("original_key");--> statement-breakpoint
CREATE INDEX "media_moving_idx" ON "media" USING btree ("moving_to") WHERE "media"."moving_to" is not null;--> statement-breakpoint
CREATE INDEX "security_events_user_idx" ON "security_events" USING btree ("user_id","created_at","id");--> statement-breakpoint
ALTER TABLE "invites" ADD CONSTRAINT "invites_departed_check" CHECK ("invites"."departed" between 0 and "invites"."uses");