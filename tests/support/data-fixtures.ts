/** Users, connections and bank data for storage tests. */
import { randomUUID } from 'node:crypto'
import type { SyncedAccount, SyncedTransaction, SyncPage } from '@/lib/domain/connections/sync-page'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { userActor } from '@/tests/support/actors'
import type { TestStorage } from '@/tests/support/storage'

export const app = systemActor('test')

export async function newUser(): Promise<UserActor> {
  const user = userActor(`user_${randomUUID()}`)
  await DataService.ensureUser(user)
  return user
}

export const usd = (minor: bigint) => ({ minor, currency: 'USD' })

export const account = (
  plaidAccountId: string,
  more: Partial<SyncedAccount> = {}
): SyncedAccount => ({
  plaidAccountId,
  persistentAccountId: null,
  name: `Account ${plaidAccountId}`,
  officialName: null,
  mask: '0000',
  type: 'depository',
  subtype: 'checking',
  current: usd(10_000n),
  available: null,
  limit: null,
  ...more
})

export const transaction = (
  plaidTransactionId: string,
  more: Partial<SyncedTransaction> = {}
): SyncedTransaction => ({
  plaidTransactionId,
  pendingTransactionId: null,
  plaidAccountId: 'checking',
  amount: usd(-1_250n),
  date: '2026-03-04',
  authorizedOn: null,
  name: `Payment ${plaidTransactionId}`,
  merchantName: null,
  categoryPrimary: 'FOOD_AND_DRINK',
  categoryDetailed: 'FOOD_AND_DRINK_COFFEE',
  paymentChannel: 'in store',
  pending: false,
  ...more
})

export const page = (more: Partial<SyncPage>): SyncPage => ({
  added: [],
  modified: [],
  removed: [],
  quarantine: ({ plaidTransactionId }, code) => ({
    kind: 'transaction',
    vendorId: plaidTransactionId,
    code,
    body: '{}',
    mappingVersion: 1
  }),
  ...more
})

export const newConnection = (
  more: Partial<DataService.NewConnection> = {}
): DataService.NewConnection => ({
  id: randomUUID(),
  plaidItemId: `item-${randomUUID()}`,
  accessToken: `access-sandbox-${randomUUID()}`,
  publicTokenHash: randomUUID(),
  linkSessionId: null,
  institution: { id: `ins_${randomUUID()}`, name: 'First Platypus Bank' },
  webhookUrl: 'http://localhost:3000/api/webhooks/plaid',
  accounts: [account('checking')],
  consentExpiresAt: null,
  ...more
})

export async function connect(
  owner: UserActor,
  more: Partial<DataService.NewConnection> = {}
): Promise<string> {
  return (await DataService.saveConnection(owner, newConnection(more))).connectionId
}

/**
 * Claims the connection's pending run; other runs are due later, so that files do not depend on
 * earlier leftovers.
 */
export async function claimRun(
  storage: TestStorage,
  connectionId: string,
  leaseMs = 60_000
): Promise<DataService.SyncRun> {
  await storage.rows(
    `update sync_runs set run_at = now() + interval '1 day' where status = 'pending' and connection_id <> $1`,
    [connectionId]
  )
  await DataService.requestSync(app, connectionId, 'test')
  await storage.rows(
    `update sync_runs set run_at = now() where status = 'pending' and connection_id = $1`,
    [connectionId]
  )
  const run = await DataService.claimSyncRun(app, { leaseMs })
  if (run?.connectionId !== connectionId) throw new Error('claimed another run')
  return run
}

export const result = (
  more: Partial<Parameters<typeof DataService.commitSync>[1]> = {}
): Parameters<typeof DataService.commitSync>[1] => ({
  nextCursor: randomUUID(),
  history: 'HISTORICAL_UPDATE_COMPLETE',
  accounts: [account('checking')],
  bankDataAt: null,
  status: 'good',
  errorType: null,
  errorCode: null,
  ...more
})

/** One complete sync of the connection with these pages. */
export async function sync(
  storage: TestStorage,
  connectionId: string,
  pages: SyncPage[],
  more: Parameters<typeof result>[0] = {}
) {
  const run = await claimRun(storage, connectionId)
  for (const [n, one] of pages.entries()) await DataService.stagePage(run, n, one)
  return { run, committed: await DataService.commitSync(run, result(more)) }
}

/** A user's audit log, oldest first. */
export async function auditActionsOf(
  storage: TestStorage,
  { userId }: UserActor
): Promise<string[]> {
  const rows = await storage.rows<{ action: string }>(
    'select action from audit_entries join audit_details on audit_id = id where user_id = $1 order by created_at, id',
    [userId]
  )
  return rows.map(({ action }) => action)
}

/** Number of notifications of a user's open pages. */
export const userVersionOf = async ({ userId }: UserActor): Promise<number> =>
  (await DataService.readUserVersions([userId])).get(userId) ?? 0

/** Every row of a filter, page by page. */
export async function listAll(
  owner: UserActor,
  filter: TransactionFilter,
  limit: number
): Promise<DataService.TransactionView[]> {
  const all: DataService.TransactionView[] = []
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await DataService.listTransactions(owner, { ...filter, limit, cursor })
    all.push(...items)
    if (!next) return all
    cursor = next
  }
}

/** A user whose one bank has these accounts and rows. */
export async function userWith(
  storage: TestStorage,
  accounts: SyncedAccount[],
  rows: SyncedTransaction[]
): Promise<UserActor> {
  const user = await newUser()
  const connectionId = await connect(user, { accounts })
  await sync(storage, connectionId, [page({ added: rows })], result({ accounts }))
  return user
}
