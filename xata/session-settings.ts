/**
 * Server-side limits of the app's logins. Stored with the login, because a pooler in transaction
 * mode refuses them as startup parameters and a session's own settings do not survive in one.
 */
import 'server-only'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'

export type SessionSettings = Record<string, string>

const ALWAYS: SessionSettings = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  // A statement waits this long for a locked table or row, then fails and can be retried.
  lock_timeout: '5s',
  // The app sends a transaction in one write, so one that waits for its client is abandoned.
  idle_in_transaction_session_timeout: '10s',
  // Compiling a statement takes longer than these run, and costs are estimated too high for it.
  jit: 'off',
  // Sorts the rows of a report in memory.
  work_mem: '16MB',
  // Ends a statement whose client is gone, and connections that do not answer.
  client_connection_check_interval: '5s',
  tcp_keepalives_idle: '30s',
  tcp_keepalives_interval: '10s',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '60s'
}

/** By role. Jobs store whole histories in one statement; a request does not wait that long. */
export const SESSION_SETTINGS = {
  pangea_app: { ...ALWAYS, statement_timeout: '14s' },
  pangea_worker: { ...ALWAYS, statement_timeout: '60s' }
} as const satisfies Record<string, SessionSettings>

/** Postgres 17 and later: also ends a transaction whose client stops in the middle of it. */
const TRANSACTION_TIMEOUT = '5min'

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** One block, because a login may change its own settings only. Changes nothing that is set. */
const statementFor = (settings: SessionSettings): string => `do $settings$
declare
  wanted record;
begin
  for wanted in
    select name, value from (values ${Object.entries(settings)
      .map(([name, value]) => `(${literal(name)}, ${literal(value)})`)
      .join(', ')}, ('transaction_timeout', '${TRANSACTION_TIMEOUT}')) as v (name, value)
      where name in (select p.name from pg_settings p)
      and not exists (select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole join pg_database d on d.oid = s.setdatabase,
        unnest(s.setconfig) as setting
        where r.rolname = session_user and d.datname = current_database() and setting = v.name || '=' || v.value)
  loop
    execute format('alter role %I in database %I set %I to %s', session_user, current_database(), wanted.name,
      case when wanted.name = 'DateStyle' then wanted.value else quote_literal(wanted.value) end);
  end loop;
end $settings$`

/**
 * Stores the settings with the login of this address, for this database. They apply to connections
 * that are opened afterwards. @throws StorageError.
 */
export async function saveSessionSettings(
  url: string,
  settings: SessionSettings,
  { over, gatewayUrl }: { over: 'tcp' | 'http'; gatewayUrl: string | null }
): Promise<void> {
  const transport = over === 'http' ? openHttp(url, gatewayUrl) : openTcp(url)
  try {
    await transport.batch([{ sql: statementFor(settings), params: [] }])
  } finally {
    await transport.close()
  }
}
