CREATE TABLE "admin_approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"admin_id" text NOT NULL,
	"action" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "admin_approvals_once" UNIQUE("user_id","action","admin_id")
);
--> statement-breakpoint
CREATE TABLE "lock_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfer_locks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"lifted_at" timestamp with time zone,
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
ALTER TABLE "admin_approvals" ADD CONSTRAINT "admin_approvals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_links" ADD CONSTRAINT "lock_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lock_links" ADD CONSTRAINT "lock_links_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_locks" ADD CONSTRAINT "transfer_locks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lock_links_user" ON "lock_links" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "lock_links_message" ON "lock_links" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "lock_links_expired" ON "lock_links" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_locks_one" ON "transfer_locks" USING btree ("user_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "transfer_locks_user" ON "transfer_locks" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transfer_locks_due" ON "transfer_locks" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "transfer_locks_leased" ON "transfer_locks" USING btree ("lease_until") WHERE status = 'in_progress';