CREATE TABLE "close_friends" (
	"owner_id" uuid NOT NULL,
	"friend_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "close_friends_pkey" PRIMARY KEY("owner_id","friend_id"),
	CONSTRAINT "close_friends_self_check" CHECK ("close_friends"."owner_id" <> "close_friends"."friend_id")
);
--> statement-breakpoint
CREATE TABLE "handle_changes" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"handle" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "close_friends" ADD CONSTRAINT "close_friends_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "close_friends" ADD CONSTRAINT "close_friends_friend_id_users_id_fk" FOREIGN KEY ("friend_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handle_changes" ADD CONSTRAINT "handle_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "close_friends_owner_idx" ON "close_friends" USING btree ("owner_id","created_at","friend_id");--> statement-breakpoint
CREATE INDEX "close_friends_friend_idx" ON "close_friends" USING btree ("friend_id");--> statement-breakpoint
CREATE INDEX "handle_changes_user_idx" ON "handle_changes" USING btree ("user_id","changed_at");