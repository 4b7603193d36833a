ALTER TABLE "connection_tasks" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "deletion_requests" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "sync_runs" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "system_jobs" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "transfer_locks" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "user_changes" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "traceparent" text DEFAULT nullif(current_setting('app.traceparent', true), '');