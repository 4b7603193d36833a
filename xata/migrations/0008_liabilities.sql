CREATE TABLE "liabilities" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"rates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"currency" text NOT NULL,
	"minimum_minor" numeric(38, 0),
	"due_on" date,
	"overdue" boolean,
	"statement_minor" numeric(38, 0),
	"statement_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "liabilities" ADD CONSTRAINT "liabilities_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "liabilities" ADD CONSTRAINT "liabilities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "liabilities_user" ON "liabilities" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE liabilities ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON liabilities TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON liabilities TO pangea_worker USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON liabilities TO pangea_app, pangea_worker;
