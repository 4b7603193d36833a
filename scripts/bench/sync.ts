/** Write speed of a sync against row-by-row writes, on the same storage in the same run. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { SyncedAccount, SyncPage } from '@/lib/domain/connections/sync-page'
import { systemActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'
import { userActor } from '@/lib/services/clerk/actor'
import { applyRowByRow, type Baseline, type RowByRow } from '@/scripts/bench/row-by-row'
import { initialPages, updatePages } from '@/scripts/bench/sync-pages'
import { database, onStatement } from '@/xata/client'

export type Figures = {
  ours: number
  statements: number
  rowByRow: Record<RowByRow, { seconds: number; statements: number }>
  pages: number
  /** Growth of the process in megabytes during the sync. */
  peakMb: number
}

const app = systemActor('bench')
const ACCOUNTS: SyncedAccount[] = Array.from({ length: 3 }, (_, n) => ({
  plaidAccountId: `bench-account-${n}`,
  persistentAccountId: null,
  name: `Account ${n}`,
  officialName: null,
  mask: `000${n}`,
  type: 'depository',
  subtype: 'checking',
  current: { minor: 100_000n, currency: 'USD' },
  available: null,
  limit: null
}))

/** Creates a user with one connection that waits for its first sync. */
export async function makeConnection(): Promise<Baseline> {
  const owner = userActor(`user_bench_${randomUUID()}`)
  await DataService.ensureUser(owner)
  const id = randomUUID()
  await DataService.saveConnection(owner, {
    id,
    plaidItemId: `item-${id}`,
    accessToken: `access-${id}`,
    publicTokenHash: id,
    linkSessionId: null,
    institution: null,
    webhookUrl: 'http://localhost/api/webhooks/plaid',
    accounts: ACCOUNTS,
    consentExpiresAt: null
  })
  const accounts = await DataService.listAccounts(owner)
  const accountIds = new Map(
    accounts.map((account) => [`bench-account-${account.name.slice(-1)}`, account.id])
  )
  return { userId: owner.userId, connectionId: id, accountIds }
}

async function timed<T>(
  run: () => Promise<T>
): Promise<{ seconds: number; peakMb: number; result: T }> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const timer = setInterval(look, 10)
  const began = performance.now()
  const result = await run()
  const seconds = (performance.now() - began) / 1_000
  clearInterval(timer)
  look()
  return { seconds, peakMb: (peak - before) / 1_048_576, result }
}

/** Syncs like a worker: claim, stage each page, one commit. */
export async function sync(connectionId: string, pages: Iterable<SyncPage>): Promise<number> {
  await DataService.requestSync(app, connectionId, 'bench')
  const run = await DataService.claimSyncRun(app, { leaseMs: 60_000 })
  if (!run) throw new Error('no run was due')
  let n = 0
  for (const page of pages) await DataService.stagePage(run, n++, page)
  const state = {
    history: 'HISTORICAL_UPDATE_COMPLETE',
    bankDataAt: null,
    status: 'good' as const,
    errorType: null,
    errorCode: null
  }
  const { applied } = await DataService.commitSync(run, {
    ...state,
    nextCursor: randomUUID(),
    accounts: ACCOUNTS
  })
  if (!applied) throw new Error('the commit was refused')
  return n
}

type Connections = Record<'ours' | RowByRow, Baseline>

async function compare(
  databaseUrl: string,
  to: Connections,
  pages: () => Iterable<SyncPage>
): Promise<Figures> {
  let statements = 0
  const stop = onStatement(() => statements++)
  const mine = await timed(() => sync(to.ours.connectionId, pages()))
  stop()
  const baseline = async (how: RowByRow) => {
    const { seconds, result } = await timed(() => applyRowByRow(databaseUrl, how, to[how], pages()))
    return { seconds, statements: result }
  }
  const rowByRow = { together: await baseline('together'), alone: await baseline('alone') }
  return { ours: mine.seconds, statements, rowByRow, pages: mine.result, peakMb: mine.peakMb }
}

/** Ingests `count` rows, then one update of them. */
export async function measure(
  databaseUrl: string,
  count: number
): Promise<{ initial: Figures; update: Figures }> {
  const connections = {
    ours: await makeConnection(),
    together: await makeConnection(),
    alone: await makeConnection()
  }
  // Runs requested by linking are not part of the measurement.
  await database().query(sql`delete from sync_runs where status = 'pending'`)
  const initial = await compare(databaseUrl, connections, () => initialPages(count))
  const update = await compare(databaseUrl, connections, () => updatePages())
  return { initial, update }
}
