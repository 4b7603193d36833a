ALTER TABLE "transfers" ADD COLUMN "status" text;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "service" text;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "code" text;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "finished_at" timestamp with time zone;--> statement-breakpoint
UPDATE "transfers" SET "status" = CASE WHEN "lease_until" IS NULL THEN 'pending' ELSE 'in_progress' END WHERE "state" = 'sending';--> statement-breakpoint
CREATE INDEX "transfers_due" ON "transfers" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "transfers_leased" ON "transfers" USING btree ("lease_until") WHERE status = 'in_progress';