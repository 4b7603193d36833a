CREATE TABLE "counterparties" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"jiko_counterparty_id" text NOT NULL,
	"institution_name" text,
	"mask" text,
	"account_type" text,
	"status" text NOT NULL,
	"verification" text,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"replaced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "counterparties_jiko_counterparty_id_unique" UNIQUE("jiko_counterparty_id")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"counterparty_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"jiko_transfer_id" text,
	"jiko_status" text,
	"return_code" text,
	"settles_on" date NOT NULL,
	"confirmed_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_jiko_transfer_id_unique" UNIQUE("jiko_transfer_id")
);
--> statement-breakpoint
ALTER TABLE "counterparties" ADD CONSTRAINT "counterparties_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counterparties" ADD CONSTRAINT "counterparties_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_counterparty_id_counterparties_id_fk" FOREIGN KEY ("counterparty_id") REFERENCES "public"."counterparties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "counterparties_user" ON "counterparties" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "counterparties_account" ON "counterparties" USING btree ("bank_account_id");--> statement-breakpoint
CREATE INDEX "transfers_newest" ON "transfers" USING btree ("user_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "transfers_account" ON "transfers" USING btree ("bank_account_id");--> statement-breakpoint
CREATE INDEX "transfers_counterparty" ON "transfers" USING btree ("counterparty_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_one_draft" ON "transfers" USING btree ("user_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_one_sending" ON "transfers" USING btree ("bank_account_id") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "transfers_open" ON "transfers" USING btree ("checked_at") WHERE state in ('submitted', 'on_its_way');