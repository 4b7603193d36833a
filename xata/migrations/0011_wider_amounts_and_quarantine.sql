CREATE TABLE "quarantine" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"vendor_id" text NOT NULL,
	"code" text NOT NULL,
	"sealed_body" text,
	"mapping_version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quarantine_once" UNIQUE("connection_id","kind","vendor_id")
);
--> statement-breakpoint
ALTER TABLE "balance_snapshots" ALTER COLUMN "minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "bank_accounts" ALTER COLUMN "balance_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "linked_accounts" ALTER COLUMN "current_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "linked_accounts" ALTER COLUMN "available_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "linked_accounts" ALTER COLUMN "limit_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "own_asset_values" ALTER COLUMN "minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "transaction_edits" ALTER COLUMN "parts_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "transaction_parts" ALTER COLUMN "amount_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "transactions" ALTER COLUMN "amount_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "transfers" ALTER COLUMN "amount_minor" SET DATA TYPE numeric(38, 0);--> statement-breakpoint
ALTER TABLE "transaction_edits" ADD COLUMN "split_whole_minor" numeric(38, 0);--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quarantine_user" ON "quarantine" USING btree ("user_id");--> statement-breakpoint
UPDATE "transaction_edits" e SET "split_whole_minor" = t."amount_minor" FROM "transactions" t WHERE t."id" = e."transaction_id" AND e."parts_minor" IS NOT NULL;
