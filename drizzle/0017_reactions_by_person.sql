DROP INDEX "story_reactions_user_idx";--> statement-breakpoint
CREATE INDEX "story_reactions_by_user_idx" ON "story_reactions" USING btree ("user_id","created_at","story_id");