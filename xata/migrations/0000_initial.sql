CREATE TABLE "application_drafts" (
	"user_id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"refusals" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"status" text,
	"jiko_application_id" text,
	"jiko_customer_id" text,
	"sealed_body" text,
	"create_key" uuid NOT NULL,
	"apply_key" uuid NOT NULL,
	"pocket_key" uuid NOT NULL,
	"documents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"create_started_at" timestamp with time zone,
	"applied_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"busy_until" timestamp with time zone,
	"busy_token" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "applications_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "applications_jiko_application_id_unique" UNIQUE("jiko_application_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"user_id" text,
	"action" text NOT NULL,
	"subject" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "balance_snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" uuid,
	"bank_account_id" uuid,
	"taken_on" date NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"minor" numeric(38, 0) NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "balance_snapshots_account" UNIQUE("account_id","taken_on"),
	CONSTRAINT "balance_snapshots_bank_account" UNIQUE("bank_account_id","taken_on"),
	CONSTRAINT "balance_snapshots_one" CHECK ((account_id is null) <> (bank_account_id is null))
);
--> statement-breakpoint
CREATE TABLE "bank_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"application_id" uuid NOT NULL,
	"jiko_pocket_id" text NOT NULL,
	"jiko_customer_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"balance_minor" numeric(38, 0),
	"currency" text,
	"balance_at" timestamp with time zone,
	"account_number_last4" text,
	"routing_number_last4" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_accounts_user_id_unique" UNIQUE("user_id"),
	CONSTRAINT "bank_accounts_application_id_unique" UNIQUE("application_id"),
	CONSTRAINT "bank_accounts_jiko_pocket_id_unique" UNIQUE("jiko_pocket_id")
);
--> statement-breakpoint
CREATE TABLE "bank_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"plaid_item_id" text NOT NULL,
	"institution_id" text,
	"institution_name" text NOT NULL,
	"status" text DEFAULT 'good' NOT NULL,
	"error_type" text,
	"error_code" text,
	"cursor" text,
	"history" text DEFAULT 'NOT_READY' NOT NULL,
	"webhook_url" text NOT NULL,
	"link_session_id" text,
	"public_token_hash" text NOT NULL,
	"last_synced_at" timestamp with time zone,
	"bank_data_at" timestamp with time zone,
	"consent_expires_at" timestamp with time zone,
	"announced" text,
	"ends_at" timestamp with time zone,
	"new_accounts_at" timestamp with time zone,
	"products" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"available_products" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"leaving_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"history_erased_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_connections_plaid_item_id_unique" UNIQUE("plaid_item_id"),
	CONSTRAINT "bank_connections_public_token_hash_unique" UNIQUE("public_token_hash")
);
--> statement-breakpoint
CREATE TABLE "connection_secrets" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"sealed_access_token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"history" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connection_tasks_once" UNIQUE("connection_id","kind")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"version" text NOT NULL,
	"documents" jsonb NOT NULL,
	"consented_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "deletion_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text,
	"user_hash" text NOT NULL,
	"origin" text NOT NULL,
	"items_removed_at" timestamp with time zone,
	"bank_released_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"sign_in_removed_at" timestamp with time zone,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deletion_requests_user_hash_unique" UNIQUE("user_hash")
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"logo" text,
	"fetched_at" timestamp with time zone,
	"ask_again_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "link_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid,
	"type" text NOT NULL,
	"link_session_id" text,
	"request_id" text,
	"status" text,
	"error_type" text,
	"error_code" text,
	"institution_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"purpose" text NOT NULL,
	"connection_id" uuid,
	"sealed_link_token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "linked_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"plaid_account_id" text NOT NULL,
	"persistent_account_id" text,
	"name" text NOT NULL,
	"official_name" text,
	"mask" text,
	"type" text NOT NULL,
	"subtype" text,
	"currency" text,
	"current_minor" numeric(38, 0),
	"available_minor" numeric(38, 0),
	"limit_minor" numeric(38, 0),
	"balances_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"duplicate_of" uuid,
	"display_name" text,
	"hidden_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "linked_accounts_plaid" UNIQUE("connection_id","plaid_account_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"trouble" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "own_asset_values" (
	"asset_id" uuid NOT NULL,
	"valued_on" date NOT NULL,
	"minor" numeric(38, 0) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "own_asset_values_asset_id_valued_on_pk" PRIMARY KEY("asset_id","valued_on")
);
--> statement-breakpoint
CREATE TABLE "own_assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"currency" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"user_id" text PRIMARY KEY NOT NULL,
	"theme" text DEFAULT 'system' NOT NULL,
	"time_zone" text,
	"locale" text,
	"shortcuts" boolean DEFAULT true NOT NULL,
	"email_notices" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "public_token_claims" (
	"public_token_hash" text PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "public_token_claims_id_unique" UNIQUE("id")
);
--> statement-breakpoint
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
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"window_started_at" timestamp with time zone NOT NULL,
	"taken" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"match" text,
	"text" text,
	"account_id" uuid,
	"flow" text,
	"category" text,
	"merchant" text,
	"is_excluded" boolean,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_pages" (
	"run_id" uuid NOT NULL,
	"lease_token" uuid NOT NULL,
	"n" integer NOT NULL,
	"payload" jsonb NOT NULL,
	CONSTRAINT "sync_pages_run_id_lease_token_n_pk" PRIMARY KEY("run_id","lease_token","n")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"added" integer DEFAULT 0 NOT NULL,
	"modified" integer DEFAULT 0 NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transaction_edits" (
	"transaction_id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"category" text,
	"merchant" text,
	"note" text,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_excluded" boolean,
	"parts_minor" numeric(38, 0),
	"split_whole_minor" numeric(38, 0),
	"rule_category" text,
	"rule_merchant" text,
	"rule_is_excluded" boolean,
	"change_id" uuid,
	"before" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transaction_parts" (
	"transaction_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"user_id" text NOT NULL,
	"amount_minor" numeric(38, 0),
	"category" text,
	"note" text,
	CONSTRAINT "transaction_parts_transaction_id_n_pk" PRIMARY KEY("transaction_id","n")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"plaid_transaction_id" text NOT NULL,
	"plaid_pending_transaction_id" text,
	"amount_minor" numeric(38, 0) NOT NULL,
	"currency" text NOT NULL,
	"booked_on" date NOT NULL,
	"authorized_on" date,
	"name" text NOT NULL,
	"merchant_name" text,
	"category_primary" text,
	"category_detailed" text,
	"payment_channel" text,
	"pending" boolean NOT NULL,
	"detached_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transactions_plaid" UNIQUE("connection_id","plaid_transaction_id")
);
--> statement-breakpoint
CREATE TABLE "transfer_legs" (
	"transaction_id" uuid PRIMARY KEY NOT NULL,
	"other_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"state" text DEFAULT 'found' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"bank_account_id" uuid NOT NULL,
	"counterparty_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"amount_minor" numeric(38, 0) NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"jiko_transfer_id" text,
	"jiko_status" text,
	"return_code" text,
	"settles_on" date NOT NULL,
	"confirmed_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"status" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_jiko_transfer_id_unique" UNIQUE("jiko_transfer_id")
);
--> statement-breakpoint
CREATE TABLE "user_changes" (
	"user_id" text PRIMARY KEY NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vendor_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"service" text NOT NULL,
	"method" text NOT NULL,
	"request_id" text,
	"user_id" text,
	"connection_id" uuid,
	"duration_ms" integer NOT NULL,
	"error_type" text,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"user_id" text PRIMARY KEY NOT NULL,
	"visited_at" timestamp with time zone NOT NULL,
	"previous_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"vendor" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"type" text,
	"event_code" text,
	"vendor_object_id" text,
	"body_hash" text NOT NULL,
	"readable" boolean NOT NULL,
	"effects" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"lease_token" uuid,
	"service" text,
	"code" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_deliveries_once" UNIQUE("vendor","dedupe_key")
);
--> statement-breakpoint
ALTER TABLE "application_drafts" ADD CONSTRAINT "application_drafts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_snapshots" ADD CONSTRAINT "balance_snapshots_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_snapshots" ADD CONSTRAINT "balance_snapshots_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "balance_snapshots" ADD CONSTRAINT "balance_snapshots_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_connections" ADD CONSTRAINT "bank_connections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_secrets" ADD CONSTRAINT "connection_secrets_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_secrets" ADD CONSTRAINT "connection_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_tasks" ADD CONSTRAINT "connection_tasks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_tasks" ADD CONSTRAINT "connection_tasks_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counterparties" ADD CONSTRAINT "counterparties_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "counterparties" ADD CONSTRAINT "counterparties_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_events" ADD CONSTRAINT "link_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_events" ADD CONSTRAINT "link_events_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD CONSTRAINT "link_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_sessions" ADD CONSTRAINT "link_sessions_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_accounts" ADD CONSTRAINT "linked_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_accounts" ADD CONSTRAINT "linked_accounts_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_asset_values" ADD CONSTRAINT "own_asset_values_asset_id_own_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."own_assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_assets" ADD CONSTRAINT "own_assets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "public_token_claims" ADD CONSTRAINT "public_token_claims_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_pages" ADD CONSTRAINT "sync_pages_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_runs" ADD CONSTRAINT "sync_runs_connection_id_bank_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."bank_connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_edits" ADD CONSTRAINT "transaction_edits_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_edits" ADD CONSTRAINT "transaction_edits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_parts" ADD CONSTRAINT "transaction_parts_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transaction_parts" ADD CONSTRAINT "transaction_parts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_account_id_linked_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_transaction_id_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_other_id_transactions_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."transactions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_legs" ADD CONSTRAINT "transfer_legs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_counterparty_id_counterparties_id_fk" FOREIGN KEY ("counterparty_id") REFERENCES "public"."counterparties"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_changes" ADD CONSTRAINT "user_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_user" ON "audit_log" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("action","created_at");--> statement-breakpoint
CREATE INDEX "balance_snapshots_user" ON "balance_snapshots" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "bank_connections_user" ON "bank_connections" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "bank_connections_institution" ON "bank_connections" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "connection_secrets_user" ON "connection_secrets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "connection_tasks_due" ON "connection_tasks" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "connection_tasks_leased" ON "connection_tasks" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "connection_tasks_user" ON "connection_tasks" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "consents_user" ON "consents" USING btree ("user_id","consented_at");--> statement-breakpoint
CREATE INDEX "counterparties_user" ON "counterparties" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "counterparties_account" ON "counterparties" USING btree ("bank_account_id");--> statement-breakpoint
CREATE INDEX "deletion_requests_due" ON "deletion_requests" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "deletion_requests_leased" ON "deletion_requests" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "deletion_requests_user" ON "deletion_requests" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "link_events_user" ON "link_events" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "link_events_connection" ON "link_events" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "link_sessions_user" ON "link_sessions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "link_sessions_connection" ON "link_sessions" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "linked_accounts_user" ON "linked_accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notices_connection" ON "notices" USING btree ("connection_id","created_at");--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "notices_leased" ON "notices" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "own_assets_user" ON "own_assets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "public_token_claims_user" ON "public_token_claims" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "quarantine_user" ON "quarantine" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "rules_user" ON "rules" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "rules_account" ON "rules" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_pending" ON "sync_runs" USING btree ("connection_id") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_in_progress" ON "sync_runs" USING btree ("connection_id") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "sync_runs_due" ON "sync_runs" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "sync_runs_leased" ON "sync_runs" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "sync_runs_connection" ON "sync_runs" USING btree ("connection_id","created_at");--> statement-breakpoint
CREATE INDEX "sync_runs_user" ON "sync_runs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transaction_edits_user" ON "transaction_edits" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transaction_edits_change" ON "transaction_edits" USING btree ("change_id") WHERE change_id is not null;--> statement-breakpoint
CREATE INDEX "transaction_parts_user" ON "transaction_parts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transactions_newest" ON "transactions" USING btree ("user_id","booked_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "transactions_size" ON "transactions" USING btree ("user_id",abs("amount_minor") desc nulls last,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "transactions_account" ON "transactions" USING btree ("account_id","booked_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "transactions_detached" ON "transactions" USING btree ("connection_id") WHERE detached_at is not null;--> statement-breakpoint
CREATE INDEX "transactions_pending" ON "transactions" USING btree ("booked_on") WHERE pending and removed_at is null;--> statement-breakpoint
CREATE INDEX "transactions_settled" ON "transactions" USING btree ("connection_id","plaid_pending_transaction_id") WHERE plaid_pending_transaction_id is not null;--> statement-breakpoint
CREATE INDEX "transfer_legs_user" ON "transfer_legs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transfer_legs_other" ON "transfer_legs" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "transfers_newest" ON "transfers" USING btree ("user_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "transfers_account" ON "transfers" USING btree ("bank_account_id");--> statement-breakpoint
CREATE INDEX "transfers_counterparty" ON "transfers" USING btree ("counterparty_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_one_draft" ON "transfers" USING btree ("user_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_one_sending" ON "transfers" USING btree ("bank_account_id") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "transfers_due" ON "transfers" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "transfers_leased" ON "transfers" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "transfers_open" ON "transfers" USING btree ("checked_at") WHERE state in ('submitted', 'on_its_way');--> statement-breakpoint
CREATE INDEX "vendor_events_newest" ON "vendor_events" USING btree ("service","created_at");--> statement-breakpoint
CREATE INDEX "vendor_events_user" ON "vendor_events" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_leased" ON "webhook_deliveries" USING btree ("lease_until") WHERE status = 'in_progress';--> statement-breakpoint
-- Written by hand from here on: drizzle-kit generates neither views nor storage modes.
CREATE VIEW "plaid_api_events" AS
SELECT id, connection_id, user_id, method, request_id, duration_ms, error_type, error_code, created_at FROM vendor_events WHERE service = 'plaid';
--> statement-breakpoint
-- Staged pages are read once and soon: compressing them takes longer than it saves.
ALTER TABLE "sync_pages" ALTER COLUMN "payload" SET STORAGE EXTERNAL;
