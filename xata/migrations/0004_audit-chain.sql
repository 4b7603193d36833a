CREATE TABLE "audit_checkpoints" (
	"n" bigint PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"removed" integer NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_details" (
	"audit_id" uuid PRIMARY KEY NOT NULL,
	"actor_id" text NOT NULL,
	"user_id" text,
	"subject" text,
	"session_id" text,
	"network" text,
	"reason" text,
	"salt" uuid DEFAULT gen_random_uuid() NOT NULL,
	"erased_digest" text,
	"erased_key_id" text
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_kind" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"n" bigint PRIMARY KEY NOT NULL,
	"audit_id" uuid NOT NULL,
	"details_digest" text NOT NULL,
	"digest" text NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_seals_audit_id_unique" UNIQUE("audit_id")
);
--> statement-breakpoint
CREATE TABLE "system_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
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
	CONSTRAINT "system_jobs_kind_unique" UNIQUE("kind")
);
--> statement-breakpoint
ALTER TABLE "audit_details" ADD CONSTRAINT "audit_details_audit_id_audit_entries_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_details_user" ON "audit_details" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_details_actor" ON "audit_details" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "audit_entries_order" ON "audit_entries" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","created_at");--> statement-breakpoint
CREATE INDEX "system_jobs_due" ON "system_jobs" USING btree ("run_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "system_jobs_leased" ON "system_jobs" USING btree ("lease_until") WHERE status = 'in_progress';