CREATE TABLE "device_accounts" (
	"device_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_accounts_pkey" PRIMARY KEY("device_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"hash" text NOT NULL,
	"risk" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"blocked_at" timestamp (3) with time zone,
	CONSTRAINT "devices_hash_check" CHECK (length("devices"."hash") = 43),
	CONSTRAINT "devices_risk_check" CHECK ("devices"."risk" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "signup_reviews" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid NOT NULL,
	"risk" smallint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"cleared_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "device_accounts" ADD CONSTRAINT "device_accounts_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_accounts" ADD CONSTRAINT "device_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signup_reviews" ADD CONSTRAINT "signup_reviews_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signup_reviews" ADD CONSTRAINT "signup_reviews_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "device_accounts_device_idx" ON "device_accounts" USING btree ("device_id","created_at","user_id");--> statement-breakpoint
CREATE INDEX "device_accounts_user_idx" ON "device_accounts" USING btree ("user_id","created_at","device_id");--> statement-breakpoint
CREATE UNIQUE INDEX "devices_hash_key" ON "devices" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "signup_reviews_open_idx" ON "signup_reviews" USING btree ("created_at","user_id") WHERE "signup_reviews"."cleared_at" is null;--> statement-breakpoint
CREATE INDEX "signup_reviews_device_idx" ON "signup_reviews" USING btree ("device_id");