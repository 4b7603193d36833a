CREATE TABLE "consent_evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_digest" text NOT NULL,
	"email_digest" text,
	"key_id" text NOT NULL,
	"version" text NOT NULL,
	"documents" jsonb NOT NULL,
	"consented_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "consent_evidence_user" ON "consent_evidence" USING btree ("user_digest");--> statement-breakpoint
CREATE INDEX "consent_evidence_email" ON "consent_evidence" USING btree ("email_digest");--> statement-breakpoint
CREATE INDEX "consent_evidence_expired" ON "consent_evidence" USING btree ("expires_at");