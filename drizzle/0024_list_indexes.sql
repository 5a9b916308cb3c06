DROP INDEX "story_views_viewer_idx";--> statement-breakpoint
CREATE INDEX "follow_requests_requester_idx" ON "follow_requests" USING btree ("requester_id","created_at","target_id");--> statement-breakpoint
CREATE INDEX "story_views_by_viewer_idx" ON "story_views" USING btree ("viewer_id","created_at","story_id");--> statement-breakpoint
CREATE INDEX "users_name_prefix_idx" ON "users" USING btree (lower("display_name") text_pattern_ops);