CREATE TABLE "strikes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "strikes_ends_check" CHECK ("strikes"."ends_at" > "strikes"."created_at")
);
--> statement-breakpoint
CREATE TABLE "trust_points" (
	"user_id" uuid NOT NULL,
	"act" text NOT NULL,
	"source_id" text NOT NULL,
	"points" smallint NOT NULL,
	CONSTRAINT "trust_points_pkey" PRIMARY KEY("user_id","act","source_id"),
	CONSTRAINT "trust_points_act_check" CHECK ("trust_points"."act" in ('post', 'comment', 'likeReceived', 'follower', 'flagUpheld', 'contentRemoved', 'strike', 'invitedBasic')),
	CONSTRAINT "trust_points_points_check" CHECK ("trust_points"."points" <> 0)
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "trust_points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trust_points" ADD CONSTRAINT "trust_points_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "strikes_action_key" ON "strikes" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "strikes_user_idx" ON "strikes" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "strikes_ends_idx" ON "strikes" USING btree ("ends_at","id");--> statement-breakpoint
CREATE INDEX "users_created_idx" ON "users" USING btree ("created_at","id");