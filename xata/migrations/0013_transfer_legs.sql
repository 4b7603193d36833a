CREATE TABLE "transfer_legs" (
	"transaction_id" uuid PRIMARY KEY NOT NULL,
	"other_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"state" text DEFAULT 'found' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_other_id_transactions_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfer_legs_user" ON "transfer_legs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transfer_legs_other" ON "transfer_legs" USING btree ("other_id");