/** Connections and their syncs as a person sees them. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  type Connection,
  type HistoryStatus,
  type ItemStatus,
  USED_PRODUCTS
} from '@/lib/domain/connections/connection'
import type { JobStatus, SyncProgress } from '@/lib/domain/jobs/job'
import type { UserActor } from '@/lib/domain/users/actor'
import { query } from '@/lib/services/data/sql/query'
import { isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, institutions, linkedAccounts, quarantine, syncRuns } from '@/xata/schema'

export type ConnectionView = Connection & {
  /** Base64 of a PNG. */
  logo: string | null
  history: HistoryStatus
  /** When an announced end of access comes, or the person's consent runs out. */
  endsAt: string | null
  /** The bank has accounts the person has not chosen from yet. */
  newAccounts: boolean
  /** Products this app reads, the bank offers and the person has not consented to. */
  missingProducts: string[]
  /** The person has disconnected it and Plaid has not confirmed yet. */
  disconnectRequested: boolean
  /** Rows of the bank's that could not be read. */
  quarantined: number
  /** The sync that runs now, else the newest. */
  sync: SyncProgress | null
}

type ViewRow = {
  id: string
  user_id: string
  plaid_item_id: string
  institution_id: string | null
  institution_name: string
  cursor: string | null
  status: ItemStatus
  error_type: string | null
  error_code: string | null
  last_synced_at: string | null
  bank_data_at: string | null
  consent_expires_at: string | null
  history: HistoryStatus
  ends_at: string | null
  new_accounts: boolean
  products: string[]
  available_products: string[]
  leaving: boolean
  logo: string | null
  account_ids: string[]
  quarantined: number
  run_status: JobStatus | null
  trigger: string
  attempts: number
  added: number
  modified: number
  removed: number
  service: string | null
  code: string | null
  started_at: string | null
  finished_at: string | null
}

const select = (actor: UserActor, where: SQL): SQL => sql`
  select c.id, c.user_id, c.plaid_item_id, c.institution_id, coalesce(i.name, c.institution_name) as institution_name, c.cursor, c.status, c.error_type, c.error_code,
    c.last_synced_at, c.bank_data_at, c.consent_expires_at, c.history, coalesce(c.ends_at, c.consent_expires_at) as ends_at,
    c.new_accounts_at is not null as new_accounts, c.products, c.available_products, c.leaving_at is not null as leaving, i.logo,
    (select coalesce(jsonb_agg(l.id order by l.created_at, l.id), '[]') from ${linkedAccounts} l where l.connection_id = c.id and l.closed_at is null) as account_ids,
    (select count(*)::int from ${quarantine} q where q.connection_id = c.id) as quarantined,
    r.status as run_status, r.trigger, r.attempts, r.added, r.modified, r.removed, r.service, r.code, r.started_at, r.finished_at
  from ${bankConnections} c
  left join ${institutions} i on i.id = c.institution_id
  left join lateral (
    select * from ${syncRuns} s where s.connection_id = c.id order by (s.status = 'in_progress') desc, s.created_at desc, s.id limit 1
  ) r on true
  where c.user_id = ${actor.userId} and c.removed_at is null and ${where}
  order by c.created_at, c.id`

const toView = (found: ViewRow): ConnectionView => ({
  id: found.id,
  userId: found.user_id,
  plaidItemId: found.plaid_item_id,
  institutionId: found.institution_id,
  institutionName: found.institution_name,
  cursor: found.cursor,
  status: found.status,
  errorType: found.error_type,
  errorCode: found.error_code,
  lastSyncedAt: found.last_synced_at,
  bankDataAt: found.bank_data_at,
  accountIds: found.account_ids,
  consentExpiresAt: found.consent_expires_at,
  history: found.history,
  endsAt: found.ends_at,
  newAccounts: found.new_accounts,
  missingProducts: USED_PRODUCTS.filter(
    (product) => found.available_products.includes(product) && !found.products.includes(product)
  ),
  disconnectRequested: found.leaving,
  quarantined: found.quarantined,
  logo: found.logo,
  sync: toProgress(found)
})

function toProgress(found: ViewRow): SyncProgress | null {
  if (!found.run_status) return null
  const { trigger, attempts, added, modified, removed, service, code } = found
  return {
    status: found.run_status,
    trigger,
    attempts,
    added,
    modified,
    removed,
    service,
    code,
    startedAt: found.started_at,
    finishedAt: found.finished_at
  }
}

/** The person's connections, oldest first. */
export const listConnections = async (actor: UserActor): Promise<ConnectionView[]> =>
  (await query<ViewRow>(select(actor, sql`true`))).map(toView)

/** @throws RequestError not_found, also for a connection of somebody else. */
export async function getConnection(actor: UserActor, id: string): Promise<ConnectionView> {
  const [found] = isUuid(id) ? await query<ViewRow>(select(actor, sql`c.id = ${id}::uuid`)) : []
  if (!found) throw notFound('connection')
  return toView(found)
}

/** @throws RequestError not_found. */
export async function getSyncProgress(
  actor: UserActor,
  connectionId: string
): Promise<SyncProgress> {
  const { sync } = await getConnection(actor, connectionId)
  if (!sync) throw notFound('sync')
  return sync
}
