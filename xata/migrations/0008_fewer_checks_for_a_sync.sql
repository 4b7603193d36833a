ALTER TABLE "transactions" DROP CONSTRAINT "transactions_user_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "transactions" DROP CONSTRAINT "transactions_connection_id_bank_connections_id_fk";
--> statement-breakpoint
CREATE INDEX "transactions_pending" ON "transactions" USING btree ("booked_on") WHERE pending and removed_at is null;
--> statement-breakpoint
-- Pages are read once, soon: packing them would take longer than it saves.
ALTER TABLE "sync_pages" ALTER COLUMN "payload" SET STORAGE EXTERNAL;
