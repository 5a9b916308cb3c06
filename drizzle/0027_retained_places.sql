CREATE TABLE "retained_places" (
	"place" text PRIMARY KEY NOT NULL,
	"media_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "retained_places" ADD CONSTRAINT "retained_places_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "retained_places_media_idx" ON "retained_places" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "retained_places_until_idx" ON "retained_places" USING btree ("until");