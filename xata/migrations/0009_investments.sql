CREATE TABLE "investment_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"plaid_transaction_id" text NOT NULL,
	"booked_on" date NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"subtype" text,
	"amount_minor" numeric(38, 0) NOT NULL,
	"fees_minor" numeric(38, 0),
	"currency" text NOT NULL,
	"quantity" text,
	"price" text,
	"ticker" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "investment_transactions_plaid" UNIQUE("account_id","plaid_transaction_id")
);
--> statement-breakpoint
CREATE TABLE "security_holdings" (
	"account_id" uuid NOT NULL,
	"plaid_security_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"ticker" text,
	"type" text,
	"quantity" text NOT NULL,
	"price" text,
	"priced_on" date,
	"value_minor" numeric(38, 0),
	"cost_minor" numeric(38, 0),
	"currency" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "security_holdings_account_id_plaid_security_id_pk" PRIMARY KEY("account_id","plaid_security_id")
);
--> statement-breakpoint
ALTER TABLE "investment_transactions" ADD CONSTRAINT "investment_transactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "investment_transactions" ADD CONSTRAINT "investment_transactions_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_holdings" ADD CONSTRAINT "security_holdings_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_holdings" ADD CONSTRAINT "security_holdings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "investment_transactions_user" ON "investment_transactions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "investment_transactions_newest" ON "investment_transactions" USING btree ("account_id","booked_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "security_holdings_user" ON "security_holdings" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE security_holdings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON security_holdings TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON security_holdings TO pangea_worker USING (true);
--> statement-breakpoint
ALTER TABLE investment_transactions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON investment_transactions TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON investment_transactions TO pangea_worker USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON security_holdings, investment_transactions TO pangea_app, pangea_worker;
