/** Calls the operations that the journey leaves out, once each, so that their answers are recorded. */
import { randomUUID } from 'node:crypto'
import { ApiError, type Client } from '@/lib/client'
import { DELETION_PHRASES } from '@/lib/domain/users/deletion'
import type { chooseFundingBank } from '@/scripts/example/banks'
import { until } from '@/scripts/example/until'
import { pngOf } from '@/tests/support/files/png'

/** The vendors' part in the operations. */
type AccountVendors = {
  chooseFundingBank: typeof chooseFundingBank
  passMonths(count: number): Promise<void>
}

/** @param pangea client of a user with an open account and a linked bank. */
export async function callEveryOperation(pangea: Client, vendors: AccountVendors): Promise<void> {
  await callAccount(pangea, vendors)
  await callConnection(pangea)
  await callTransactions(pangea)
  await callAssets(pangea)
  await callSettings(pangea)
}

async function callAccount(pangea: Client, vendors: AccountVendors): Promise<void> {
  await pangea.postAccountCounterpartiesLink({ body: {} })
  const body = await vendors.chooseFundingBank()
  const { items } = await pangea.postAccountCounterparties({ body })
  const bank = first(items).id
  await pangea.postAccountCounterpartiesByIdVerify({ params: { id: bank } })
  await pangea.getAccountCounterparties()
  const { strategies } = await pangea.getAccountInvestments()
  await pangea.patchAccount({ body: { strategy: first(strategies).id } })
  const draft = { direction: 'in' as const, bank, amount: '25.00' }
  const transfer = await pangea.postAccountTransfers({ body: draft })
  await pangea.postAccountTransfersByIdConfirm({ params: { id: transfer.id } })
  await pangea.getAccountTransfers({ query: {} })
  // After two months, deposits are settled, statements issued and Treasury bills bought.
  await vendors.passMonths(2)
  await until(async () => (await pangea.getAccountTransactions({ query: {} })).items.length > 0)
  const { items: statements } = await pangea.getAccountStatements({ query: {} })
  await pangea.postAccountStatements({ body: { id: first(statements).id } })
  await until(async () => (await pangea.getAccountTrades({ query: {} })).items.length > 0)
  const { items: trades } = await pangea.getAccountTrades({ query: {} })
  await pangea.postAccountTrades({ body: { id: first(trades).id } })
  await pangea.postAccountPortals()
}

async function callConnection(pangea: Client): Promise<void> {
  const { visit } = await pangea.postBankConnect()
  await pangea.postBankResume({ body: { visit } })
  const hosted = await pangea.postBankHosted()
  await pangea.postBankHostedById({ params: { id: hosted.visit } })
  await pangea.postApplicationLink()
  await pangea.postLinkEvents({ body: { type: 'exit', visit } })
  const { items } = await pangea.getConnections()
  const params = { id: first(items).id }
  await pangea.getConnectionsByIdProgress({ params })
  await pangea.postConnectionsByIdRelink({ params })
  await pangea.postConnectionsByIdRelinked({ params, body: {} })
  await pangea.postConnectionsByIdSandboxActions({
    params,
    body: { kind: 'fire_webhook', code: 'NEW_ACCOUNTS_AVAILABLE' }
  })
  await pangea.postConnectionsByIdSync({ params })
  const { items: accounts } = await pangea.getAccounts({ query: {} })
  const brokerage = accounts.find(({ type }) => type === 'investment') ?? first(accounts)
  const account = { id: brokerage.id }
  await pangea.getAccountsByIdInvestments({ params: account })
  await pangea.patchAccountsById({ params: account, body: { name: 'Everyday' } })
}

async function callTransactions(pangea: Client): Promise<void> {
  const { items } = await pangea.getTransactions({ query: { limit: 2 } })
  const params = { id: first(items).id }
  await pangea.patchTransactionsById({ params, body: { note: 'Shared with Ben', tags: ['trip'] } })
  await pangea.getTransactionsById({ params })
  const id = randomUUID()
  await pangea.postTransactionsChanges({
    body: { id, filter: { flow: 'out' }, change: { category: 'FOOD_AND_DRINK' } }
  })
  await pangea.deleteTransactionsChangesById({ params: { id } })
  await pangea.postTransactionsLastSeen()
  await pangea.postTransactionsExport({ query: { q: 'coffee', format: 'csv' } })
  await pangea.getTransactionsExport({ query: { q: 'coffee', format: 'csv' } })
  const { rule } = await pangea.postRules({ body: { text: 'coffee', category: 'FOOD_AND_DRINK' } })
  await pangea.getRules()
  const change = { text: 'coffee', merchant: 'Coffee' }
  await pangea.putRulesById({ params: { id: rule.id }, body: change })
  await pangea.deleteRulesById({ params: { id: rule.id } })
}

async function callAssets(pangea: Client): Promise<void> {
  const house = { name: 'House', kind: 'home' as const, currency: 'USD', value: '450000' }
  const { id } = await pangea.postAssets({ body: house, idempotencyKey: randomUUID() })
  const params = { id }
  await pangea.postAssetsByIdValues({ params, body: { value: '440000', on: '2025-06-30' } })
  await pangea.getAssetsById({ params })
  await pangea.patchAssetsById({ params, body: { name: 'House in Oakland' } })
  await pangea.getAssets()
  await pangea.getNetWorthHistory({ query: { range: '3m' } })
  await pangea.deleteAssetsByIdValues({ params, body: { on: '2025-06-30' } })
  await pangea.deleteAssetsById({ params })
}

async function callSettings(pangea: Client): Promise<void> {
  await pangea.getPreferences()
  await pangea.patchPreferences({ body: { theme: 'dark' } })
  const { items } = await pangea.getMessages({ query: {} })
  await pangea.postMessagesRead({ body: { upTo: first(items).id } })
  await pangea.postExport()
  await pangea.getExport()
  // The link of a security mail is not known here: an unknown one is refused.
  await expectRefusal('not_found', pangea.postLocks({ body: { token: 'unknown' } }))
}

/** @param pangea client of a user whom Jiko asks for documents. */
export async function sendDocuments(pangea: Client): Promise<void> {
  await until(async () => (await pangea.getApplicationDocuments()).documents.length > 0)
  const { documents } = await pangea.getApplicationDocuments()
  await pangea.postApplicationDocumentsByType({
    params: { type: first(documents).type },
    body: pngOf(64, 64)
  })
}

/** @param pangea client of an admin. @param userId whom they look after, and delete. */
export async function administer(pangea: Client, userId: string): Promise<void> {
  const params = { id: userId }
  const body = { reason: 'A question about a deposit' }
  await pangea.getAdminVendors()
  await pangea.getAdminOnboarding({ query: { days: 7 } })
  await pangea.getAdminUsers({ query: {} })
  await pangea.postAdminUsersByIdAccess({ params, body })
  await pangea.getAdminUsersById({ params })
  await pangea.getAdminFailedJobs()
  await pangea.getAdminAudit({ query: {} })
  await pangea.deleteAdminUsersById({ params, body })
}

/** @param pangea client of a user with a bank who leaves before applying. */
export async function leave(pangea: Client): Promise<void> {
  const { items } = await pangea.getConnections()
  const params = { id: first(items).id }
  await pangea.postApplicationPrefill({ body: { connectionId: params.id } })
  await pangea.deleteConnectionsById({ params, body: { history: 'keep' } })
  const { id } = await pangea.deleteMe({ body: { confirmation: DELETION_PHRASES.en } })
  await pangea.getDeletionsById({ params: { id } })
}

function first<T>(items: T[]): T {
  const [item] = items
  if (item === undefined) throw new Error('There is no entry to go on with.')
  return item
}

async function expectRefusal(code: string, call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.code === code) return
    throw thrown
  }
  throw new Error(`The call was not refused with ${code}.`)
}
