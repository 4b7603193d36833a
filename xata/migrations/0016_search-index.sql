-- Where the server does not have these extensions, or refuses them, the indexes are not built and searches read the user's rows.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['pg_trgm', 'btree_gin'] LOOP
    BEGIN
      EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', name);
    EXCEPTION WHEN OTHERS THEN
      RAISE NOTICE 'The extension % cannot be created: %', name, SQLERRM;
    END;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY "transaction_edits_text" ON "transaction_edits" USING gin (('u' || "user_id"),(coalesce("merchant", '') || E'\n' || coalesce("rule_merchant", '') || E'\n' || coalesce("note", '') || E'\n' || "tags"::text) gin_trgm_ops) WITH (gin_pending_list_limit=1024) WHERE merchant is not null or rule_merchant is not null or note is not null or tags <> '[]'::jsonb;--> statement-breakpoint
CREATE INDEX CONCURRENTLY "transaction_parts_text" ON "transaction_parts" USING gin (('u' || "user_id"),"note" gin_trgm_ops) WHERE note is not null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY "transactions_text" ON "transactions" USING gin (('u' || "user_id"),("name" || E'\n' || coalesce("merchant_name", '')) gin_trgm_ops) WITH (gin_pending_list_limit=1024);;
--> statement-breakpoint
-- The ids of the set user's transactions that contain a word in a name, a note or a tag, as a list. NULL if there are `most` or more,
-- or without the indexes. ILIKE may reveal values in errors, so under a policy Postgres filters by the user before it and uses no index
-- on words: this function runs as the owner, whom no policy restricts, and filters by the user itself. No other plan than the indexes.
CREATE FUNCTION search_transactions(word text, most int) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_indexscan = off
AS $$
DECLARE
  owner text := 'u' || current_setting('app.user_id', true);
  pattern text := '%' || word || '%';
  found jsonb;
BEGIN
  IF (SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid IN (
    to_regclass('public.transactions_text'), to_regclass('public.transaction_edits_text'), to_regclass('public.transaction_parts_text')
  )) < 3 THEN
    RETURN NULL;
  END IF;
  SELECT CASE WHEN count(*) < most THEN coalesce(jsonb_agg(id), '[]') END INTO found FROM (
    (SELECT id FROM public.transactions
      WHERE 'u' || user_id = owner AND removed_at IS NULL AND (name || E'\n' || coalesce(merchant_name, '')) ILIKE pattern LIMIT most)
    UNION (SELECT transaction_id FROM public.transaction_edits
      WHERE 'u' || user_id = owner AND (merchant IS NOT NULL OR rule_merchant IS NOT NULL OR note IS NOT NULL OR tags <> '[]'::jsonb)
        AND (coalesce(merchant, '') || E'\n' || coalesce(rule_merchant, '') || E'\n' || coalesce(note, '') || E'\n' || tags::text) ILIKE pattern LIMIT most)
    UNION (SELECT transaction_id FROM public.transaction_parts WHERE 'u' || user_id = owner AND note IS NOT NULL AND note ILIKE pattern LIMIT most)
  ) m;
  RETURN found;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search_transactions(text, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION search_transactions(text, int) TO pangea_app;
