-- Statistics of what a large sync has written, for the plans of the first pages after it: autovacuum may come a minute later. By its own
-- rule, a tenth of the table, so a large table is left to it. Only the owner may analyse, so this runs as the owner. One that another
-- process analyses now is skipped.
CREATE FUNCTION analyze_synced(changed int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF changed < 0.1 * (SELECT reltuples FROM pg_class WHERE oid = to_regclass('public.transactions')) THEN
    RETURN false;
  END IF;
  ANALYZE (SKIP_LOCKED) public.transactions (user_id, connection_id, account_id, amount_minor, currency, booked_on, pending, removed_at);
  RETURN true;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION analyze_synced(int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION analyze_synced(int) TO pangea_worker;
