CREATE TABLE "esign_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"version" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consent_evidence" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "esign_links" ADD CONSTRAINT "esign_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "esign_links_user" ON "esign_links" USING btree ("user_id","version");--> statement-breakpoint
CREATE INDEX "esign_links_expired" ON "esign_links" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE esign_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON esign_links TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON esign_links TO pangea_worker USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON esign_links TO pangea_app, pangea_worker;
