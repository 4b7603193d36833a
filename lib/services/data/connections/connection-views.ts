/** Connections with their syncs, as the user sees them. */
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
import { column, type InferRow, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read } from '@/lib/services/data/sql/short-reads'
import { plaid } from '@/pangea.config'
import { bankConnections, institutions, linkedAccounts, quarantine, syncRuns } from '@/xata/schema'

export type ConnectionView = Connection & {
  /** Base64 of a PNG. */
  logo: string | null
  history: HistoryStatus
  /** When an announced end of access takes effect, or the user’s consent expires. */
  endsAt: string | null
  /** The bank has accounts that the user has not selected yet. */
  newAccounts: boolean
  /** Products that this app reads and the bank offers, without the user’s consent so far. */
  missingProducts: string[]
  /** The user has disconnected it and Plaid has not confirmed yet. */
  disconnectRequested: boolean
  /** Rows that could not be stored. */
  quarantined: number
  /** The running sync, else the newest. */
  sync: SyncProgress | null
}

const VIEW = rowType({
  id: bankConnections.id,
  userId: bankConnections.userId,
  plaidItemId: bankConnections.plaidItemId,
  institutionId: bankConnections.institutionId,
  institutionName: column.text,
  cursor: bankConnections.cursor,
  status: column.textOf<ItemStatus>(),
  errorType: bankConnections.errorType,
  errorCode: bankConnections.errorCode,
  lastSyncedAt: bankConnections.lastSyncedAt,
  bankDataAt: bankConnections.bankDataAt,
  consentExpiresAt: bankConnections.consentExpiresAt,
  history: column.textOf<HistoryStatus>(),
  endsAt: bankConnections.endsAt,
  newAccounts: column.bool,
  products: column.jsonb<string[]>(),
  availableProducts: column.jsonb<string[]>(),
  disconnectRequested: column.bool,
  logo: institutions.logo,
  accountIds: column.jsonb<string[]>(),
  quarantined: column.int4,
  runStatus: nullable(column.textOf<JobStatus>()),
  trigger: nullable(syncRuns.trigger),
  attempts: nullable(syncRuns.attempts),
  added: nullable(syncRuns.added),
  modified: nullable(syncRuns.modified),
  removed: nullable(syncRuns.removed),
  service: syncRuns.service,
  code: syncRuns.code,
  startedAt: syncRuns.startedAt,
  finishedAt: syncRuns.finishedAt
})
type ViewRow = InferRow<typeof VIEW>

const select = (actor: UserActor, where: SQL): SQL => sql`
  select c.id, c.user_id as "userId", c.plaid_item_id as "plaidItemId", c.institution_id as "institutionId", coalesce(i.name, c.institution_name) as "institutionName",
    c.cursor, c.status, c.error_type as "errorType", c.error_code as "errorCode", c.last_synced_at as "lastSyncedAt", c.bank_data_at as "bankDataAt",
    c.consent_expires_at as "consentExpiresAt", c.history, coalesce(c.ends_at, c.consent_expires_at) as "endsAt", c.new_accounts_at is not null as "newAccounts",
    c.products, c.available_products as "availableProducts", c.leaving_at is not null as "disconnectRequested", i.logo,
    (select coalesce(jsonb_agg(l.id order by l.created_at, l.id), '[]') from ${linkedAccounts} l where l.connection_id = c.id and l.closed_at is null) as "accountIds",
    (select count(*)::int from ${quarantine} q where q.connection_id = c.id) as quarantined,
    r.status as "runStatus", r.trigger, r.attempts, r.added, r.modified, r.removed, r.service, r.code, r.started_at as "startedAt", r.finished_at as "finishedAt"
  from ${bankConnections} c
  left join ${institutions} i on i.id = c.institution_id
  left join lateral (
    select * from ${syncRuns} s where s.connection_id = c.id order by (s.status = 'in_progress') desc, s.created_at desc, s.id limit 1
  ) r on true
  where c.user_id = ${actor.userId} and c.removed_at is null and ${where}
  order by c.created_at, c.id`

function toView({
  products,
  availableProducts,
  runStatus,
  trigger,
  attempts,
  added,
  modified,
  removed,
  service,
  code,
  startedAt,
  finishedAt,
  ...view
}: ViewRow): ConnectionView {
  const sync: SyncProgress | null = runStatus && {
    status: runStatus,
    trigger: trigger ?? '',
    attempts: attempts ?? 0,
    added: added ?? 0,
    modified: modified ?? 0,
    removed: removed ?? 0,
    service,
    code,
    startedAt,
    finishedAt
  }
  const used = [...USED_PRODUCTS, ...plaid.optionalProducts]
  const missingProducts = used.filter(
    (product) => availableProducts.includes(product) && !products.includes(product)
  )
  return { ...view, missingProducts, sync }
}

/** The user's connections, oldest first. */
export const listConnections = async (actor: UserActor): Promise<ConnectionView[]> =>
  (await read(actor, typed(VIEW, select(actor, sql`true`)))).map(toView)

/** @throws RequestError not_found, also for another user's connection. */
export async function getConnection(actor: UserActor, id: string): Promise<ConnectionView> {
  const [found] = isUuid(id) ? await query(actor, VIEW, select(actor, sql`c.id = ${id}::uuid`)) : []
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
