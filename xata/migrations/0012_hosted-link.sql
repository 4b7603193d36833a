ALTER TABLE "link_sessions" ADD COLUMN "link_token_hash" text;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD CONSTRAINT "link_sessions_link_token_hash_unique" UNIQUE("link_token_hash");