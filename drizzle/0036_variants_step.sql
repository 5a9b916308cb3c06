ALTER TABLE "media" ADD COLUMN "added_attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "added_due" timestamp (3) with time zone DEFAULT now();--> statement-breakpoint
CREATE INDEX "media_lacking_idx" ON "media" USING btree ("id") WHERE "media"."status" = 'completed' and "media"."added_due" is not null;--> statement-breakpoint
CREATE INDEX "media_left_behind_idx" ON "media" USING btree ("id") WHERE "media"."added_place" <> "media"."area" || '/' || "media"."folder";