CREATE TABLE "recurring_streams" (
	"account_id" uuid NOT NULL,
	"plaid_stream_id" text NOT NULL,
	"user_id" text NOT NULL,
	"cadence" text NOT NULL,
	"next_on" date NOT NULL,
	"fixed" boolean NOT NULL,
	"plaid_transaction_ids" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recurring_streams_account_id_plaid_stream_id_pk" PRIMARY KEY("account_id","plaid_stream_id")
);
--> statement-breakpoint
ALTER TABLE "recurring_streams" ADD CONSTRAINT "recurring_streams_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recurring_streams" ADD CONSTRAINT "recurring_streams_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recurring_streams_user" ON "recurring_streams" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE recurring_streams ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON recurring_streams TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON recurring_streams TO pangea_worker USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON recurring_streams TO pangea_app, pangea_worker;
