CREATE TABLE "actions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"rule" text NOT NULL,
	"reason" text NOT NULL,
	"case_id" uuid,
	"cause_id" uuid,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "actions_kind_check" CHECK ("actions"."kind" in ('warn', 'takedown', 'restore', 'strike', 'ban', 'unban')),
	CONSTRAINT "actions_subject_check" CHECK ("actions"."subject_type" in ('user', 'post', 'comment', 'story')),
	CONSTRAINT "actions_ends_check" CHECK ("actions"."ends_at" is null or "actions"."kind" = 'ban')
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"text" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"reason" text,
	CONSTRAINT "appeals_status_check" CHECK ("appeals"."status" in ('open', 'upheld', 'overturned')),
	CONSTRAINT "appeals_resolved_check" CHECK (("appeals"."status" <> 'open') = ("appeals"."resolved_at" is not null and "appeals"."resolved_by" is not null and "appeals"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"priority" integer NOT NULL,
	"report_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"resolution" text,
	"rule" text,
	"reason" text,
	CONSTRAINT "cases_subject_check" CHECK ("cases"."subject_type" in ('user', 'post', 'comment', 'story')),
	CONSTRAINT "cases_status_check" CHECK ("cases"."status" in ('open', 'resolved')),
	CONSTRAINT "cases_counts_check" CHECK (least("cases"."priority", "cases"."report_count", "cases"."round") >= 1),
	CONSTRAINT "cases_resolved_check" CHECK (("cases"."status" = 'resolved') = ("cases"."resolved_at" is not null and "cases"."resolution" is not null and "cases"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"case_id" uuid NOT NULL,
	"reporter_id" uuid,
	"round" integer NOT NULL,
	"category" text NOT NULL,
	"reason" text,
	"weight" smallint NOT NULL,
	"snapshot" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"action_id" uuid,
	CONSTRAINT "reports_category_check" CHECK ("reports"."category" in ('spam', 'abuse', 'nudity', 'violence', 'selfHarm', 'illegal', 'impersonation', 'other')),
	CONSTRAINT "reports_weight_check" CHECK ("reports"."weight" >= 1),
	CONSTRAINT "reports_action_check" CHECK ("reports"."action_id" is null or "reports"."resolved_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_cause_id_actions_id_fk" FOREIGN KEY ("cause_id") REFERENCES "public"."actions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_users_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actions_user_idx" ON "actions" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "actions_subject_idx" ON "actions" USING btree ("subject_type","subject_id","created_at","id");--> statement-breakpoint
CREATE INDEX "actions_case_idx" ON "actions" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "actions_cause_idx" ON "actions" USING btree ("cause_id");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_action_key" ON "appeals" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "appeals_user_idx" ON "appeals" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "appeals_status_idx" ON "appeals" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_subject_key" ON "cases" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "cases_priority_idx" ON "cases" USING btree ("status",(-"priority"),"opened_at","id");--> statement-breakpoint
CREATE INDEX "cases_owner_idx" ON "cases" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_reporter_key" ON "reports" USING btree ("case_id","reporter_id");--> statement-breakpoint
CREATE INDEX "reports_case_idx" ON "reports" USING btree ("case_id","created_at","id");--> statement-breakpoint
CREATE INDEX "reports_reporter_idx" ON "reports" USING btree ("reporter_id","created_at","id");--> statement-breakpoint
CREATE INDEX "reports_action_idx" ON "reports" USING btree ("action_id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id_idx" ON "audit_entries" USING btree ("subject_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_action_idx" ON "audit_entries" USING btree ("action","created_at","id");