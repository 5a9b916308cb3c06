CREATE TABLE "takedown_marks" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action_id" uuid NOT NULL,
	"owner_id" uuid,
	"media_id" uuid NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "upload_sha256" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "original_sha256" text;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "media_ids" jsonb;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "everywhere" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "removed" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "takedown_marks" ADD CONSTRAINT "takedown_marks_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "takedown_marks_action_key" ON "takedown_marks" USING btree ("action_id","content");--> statement-breakpoint
CREATE INDEX "takedown_marks_content_idx" ON "takedown_marks" USING btree ("content");--> statement-breakpoint
CREATE INDEX "takedown_marks_owner_idx" ON "takedown_marks" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "media_upload_sha_idx" ON "media" USING btree ("upload_sha256") WHERE "media"."upload_sha256" is not null;--> statement-breakpoint
CREATE INDEX "media_original_sha_idx" ON "media" USING btree ("original_sha256") WHERE "media"."original_sha256" is not null;--> statement-breakpoint
CREATE INDEX "media_unhashed_idx" ON "media" USING btree ("id") WHERE "media"."status" = 'completed' and "media"."original_sha256" is null;--> statement-breakpoint
CREATE INDEX "actions_unmarked_idx" ON "actions" USING btree ("id") WHERE "actions"."kind" = 'takedown' and "actions"."media_ids" is null and "actions"."undone_at" is null;--> statement-breakpoint
INSERT INTO "takedown_marks" ("action_id", "owner_id", "media_id", "content")
SELECT "actions"."id", "media"."owner_id", "media"."id", "content"
FROM "actions"
JOIN LATERAL (
	SELECT "media_id" FROM "post_media" WHERE "actions"."subject_type" = 'post' AND "post_id" = "actions"."subject_id"
	UNION SELECT "media_id" FROM "stories" WHERE "actions"."subject_type" = 'story' AND "stories"."id" = "actions"."subject_id"
) AS "named" ON true
JOIN "media" ON "media"."id" = "named"."media_id",
unnest(array["media"."id"::text, CASE WHEN "media"."status" = 'completed' THEN "media"."sha256" END]) AS "content"
WHERE "actions"."kind" = 'takedown' AND "actions"."undone_at" IS NULL AND "content" IS NOT NULL
ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "actions" SET "media_ids" = coalesce(
	(SELECT jsonb_agg(DISTINCT "media_id") FROM "takedown_marks" WHERE "action_id" = "actions"."id"), '[]'::jsonb)
WHERE "kind" = 'takedown' AND "undone_at" IS NULL AND "subject_type" IN ('post', 'story');
