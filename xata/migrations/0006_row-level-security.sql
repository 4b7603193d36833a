-- Two roles without login, superuser, BYPASSRLS or rights on the schema: pangea_app for statements of one user, pangea_worker for
-- those of every user. Logins are members of them (docs/operations.md, Database roles). Roles belong to the server, so another
-- database of it or an operator may have created them already.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['pangea_app', 'pangea_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    -- With one login for everything, the migrating one, each batch takes a role; a superuser may do so anyway.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      BEGIN
        EXECUTE format('GRANT %I TO CURRENT_USER', name);
      EXCEPTION WHEN insufficient_privilege THEN NULL;
      END;
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
-- Neither role creates anything, not even temporary tables, which would hide the real ones.
DO $$
BEGIN
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO pangea_app, pangea_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO pangea_worker;
--> statement-breakpoint
-- A user's rows are those with their id. The subquery is evaluated once per statement, so indexes on user_id are used.
DO $$
DECLARE
  name text;
  own text;
BEGIN
  FOR name, own IN
    SELECT table_name, 'user_id = (SELECT current_setting(''app.user_id'', true))'
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'user_id'
        AND table_name NOT IN ('audit_log', 'audit_details', 'deletion_requests')
    UNION ALL VALUES
      ('users', 'id = (SELECT current_setting(''app.user_id'', true))'),
      -- A completed request keeps the hash only.
      ('deletion_requests', 'user_hash = (SELECT encode(sha256(convert_to(current_setting(''app.user_id'', true), ''UTF8'')), ''hex''))'),
      ('own_asset_values', 'EXISTS (SELECT FROM own_assets a WHERE a.id = asset_id)')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_rows ON %I TO pangea_app USING (%s)', name, own);
    EXECUTE format('CREATE POLICY every_row ON %I TO pangea_worker USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO pangea_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Only added to. Users add entries about themselves; details have the user, so they decide who reads an entry.
ALTER TABLE audit_details ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON audit_details FOR SELECT TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY own_entries ON audit_details FOR INSERT TO pangea_app
  WITH CHECK (user_id = (SELECT current_setting('app.user_id', true)) AND actor_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON audit_details TO pangea_worker USING (true);
--> statement-breakpoint
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON audit_entries FOR SELECT TO pangea_app USING (EXISTS (SELECT FROM audit_details d WHERE d.audit_id = id));
--> statement-breakpoint
CREATE POLICY own_entries ON audit_entries FOR INSERT TO pangea_app WITH CHECK (actor_kind = 'person');
--> statement-breakpoint
CREATE POLICY every_row ON audit_entries TO pangea_worker USING (true);
--> statement-breakpoint
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON audit_log FOR SELECT TO pangea_app USING (user_id = (SELECT current_setting('app.user_id', true)));
--> statement-breakpoint
CREATE POLICY every_row ON audit_log TO pangea_worker USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_entries, audit_details TO pangea_app;
--> statement-breakpoint
-- Pruning deletes entries and seals, an erasure replaces details, a move empties the log of earlier versions.
REVOKE UPDATE ON audit_entries, audit_seals, audit_log FROM pangea_worker;
--> statement-breakpoint
REVOKE INSERT ON audit_log FROM pangea_worker;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON audit_checkpoints FROM pangea_worker;
--> statement-breakpoint
REVOKE DELETE ON audit_details FROM pangea_worker;
--> statement-breakpoint
-- The system records calls to vendors, and sets and lifts locks. Institutions are the same for every user.
REVOKE INSERT, UPDATE, DELETE ON vendor_events, transfer_locks FROM pangea_app;
--> statement-breakpoint
REVOKE ALL ON lock_links, admin_approvals FROM pangea_app;
--> statement-breakpoint
GRANT SELECT ON institutions TO pangea_app;
--> statement-breakpoint
-- For a start that finds every migration applied.
GRANT USAGE ON SCHEMA drizzle TO pangea_app, pangea_worker;
--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO pangea_app, pangea_worker;
--> statement-breakpoint
-- The view is read with its reader's rights, not its owner's.
ALTER VIEW plaid_api_events SET (security_invoker = on);
