create view plaid_api_events as
select id, connection_id, user_id, method, request_id, duration_ms, error_type, error_code, created_at from vendor_events where service = 'plaid';
