/** A user with rows in every table that holds rows of users. */
import { randomUUID } from 'node:crypto'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  app,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import type { TestStorage } from '@/tests/support/storage'

/** Rows that only background jobs write; $1 is the user. */
const WRITTEN_BY_JOBS = [
  `insert into notices (id, user_id, connection_id, trouble) select gen_random_uuid(), user_id, id, 'bad' from bank_connections where user_id = $1`,
  `insert into quarantine (id, user_id, connection_id, kind, vendor_id, code, mapping_version) select gen_random_uuid(), user_id, id, 'transaction', 'refused-' || $1, 'name', 1 from bank_connections where user_id = $1`,
  `insert into connection_tasks (id, user_id, connection_id, kind) select gen_random_uuid(), user_id, id, 'move_webhook' from bank_connections where user_id = $1`,
  `insert into balance_snapshots (id, user_id, account_id, taken_on, taken_at, minor, currency) select gen_random_uuid(), user_id, id, current_date, now(), 77, 'USD' from linked_accounts where user_id = $1`,
  `insert into liabilities (account_id, user_id, kind, currency, minimum_minor) select id, user_id, 'credit', 'USD', 3500 from linked_accounts where user_id = $1`,
  `insert into security_holdings (account_id, plaid_security_id, user_id, name, quantity, currency) select id, 's', user_id, 'Fund ' || right(user_id, 12), '1', 'USD' from linked_accounts where user_id = $1`,
  `insert into investment_transactions (id, user_id, account_id, plaid_transaction_id, booked_on, name, kind, amount_minor, currency) select gen_random_uuid(), user_id, id, 't', '2026-02-01', 'Deposit ' || right(user_id, 12), 'cash', 500, 'USD' from linked_accounts where user_id = $1`,
  `insert into recurring_streams (account_id, plaid_stream_id, user_id, cadence, next_on, fixed, plaid_transaction_ids) select id, 'stream', user_id, 'monthly', '2026-04-05', true, '["coffee"]' from linked_accounts where user_id = $1`,
  `insert into lock_links (token_hash, user_id, message_id, expires_at) select 'link-' || $1, user_id, min(id::text)::uuid, now() from messages where user_id = $1 group by user_id`,
  `insert into transfer_locks (id, user_id) values (gen_random_uuid(), $1)`,
  `insert into admin_approvals (id, user_id, admin_id, action) values (gen_random_uuid(), $1, 'admin', 'user.removal')`,
  `insert into vendor_events (id, service, method, request_id, user_id, duration_ms) values (gen_random_uuid(), 'plaid', 'sync', 'request-' || $1, $1, 5)`,
  `insert into transfer_legs (transaction_id, other_id, user_id) select t.id, o.id, t.user_id from transactions t join transactions o on o.user_id = t.user_id and o.plaid_transaction_id = 'arrived' where t.user_id = $1 and t.plaid_transaction_id = 'left'`
]

export type Fixture = Awaited<ReturnType<typeof createEverything>>

export async function createEverything(storage: TestStorage) {
  const user = await newUser()
  const mark = user.userId.slice(-12)
  await DataService.saveUserEmail(app, user.userId, `${mark}@example.com`)
  const publicTokenHash = `hash-${mark}`
  const connectionId = await connect(user, {
    publicTokenHash,
    institution: { id: 'ins_shared', name: 'First Platypus Bank' },
    accounts: [account('checking', { name: `Checking ${mark}` })]
  })
  const rows = [
    transaction('coffee', { name: `Coffee ${mark}` }),
    transaction('split', { amount: usd(-9_000n) }),
    transaction('left', { amount: usd(-5_000n) }),
    transaction('arrived', { amount: usd(5_000n) })
  ]
  await sync(storage, connectionId, [page({ added: rows })], {
    accounts: [account('checking', { name: `Checking ${mark}` })]
  })
  const changeId = await editTransactions(user, mark)
  const application = await createApplication(user, mark)
  const transfers = await createTransfers(user, application, mark)
  const assetId = await DataService.createOwnAsset(user, {
    name: `House ${mark}`,
    kind: 'home',
    currency: 'USD',
    value: { on: '2026-01-01', minor: 123_000n }
  })
  const ruleId = randomUUID()
  await DataService.saveRule(user, { id: ruleId, isNew: true }, ruleFor(mark))
  const claimId = randomUUID()
  await DataService.claimPublicToken(user, { id: claimId, publicTokenHash: mark, ttlMs: 3_600_000 })
  const keyed = await DataService.claimIdempotencyKey(user, { key: mark, fingerprints: [mark] })
  const idempotencyId = keyed.outcome === 'claimed' ? keyed.id : ''
  const linkSessionId = await DataService.startLinkSession(user, {
    purpose: 'link',
    connectionId,
    linkToken: `link-${mark}`,
    expiresAt: '2099-01-01T00:00:00Z'
  })
  const hostedSessionId = await DataService.startLinkSession(user, {
    purpose: 'hosted',
    connectionId: null,
    linkToken: `hosted-${mark}`,
    expiresAt: '2099-01-01T00:00:00Z'
  })
  await DataService.recordLinkEvent(user, linkEventFor(connectionId, linkSessionId))
  await DataService.savePreferences(user, { theme: 'dark' })
  await DataService.recordLastSeen(user)
  for (const clientId of ['first', 'second'])
    await DataService.recordDevice(app, {
      userId: user.userId,
      clientId,
      sessionId: mark,
      device: mark
    })
  const { items } = await DataService.listMessages(user, { limit: 9 })
  const messageId = items.find(({ kind }) => kind === 'new_device')?.id ?? ''
  for (const statement of WRITTEN_BY_JOBS) await storage.rows(statement, [user.userId])
  const ids = {
    messageId,
    idempotencyId,
    connectionId,
    changeId,
    ruleId,
    claimId,
    linkSessionId,
    hostedSessionId,
    publicTokenHash
  }
  return { user, mark, application, assetId: assetId ?? '', ...ids, ...transfers }
}

export const ruleFor = (mark: string) => ({
  match: 'contains' as const,
  text: `coffee ${mark}`,
  accountId: null,
  flow: null,
  category: 'TRAVEL',
  merchant: null,
  excluded: null
})

export const linkEventFor = (connectionId: string, visit: string) => ({
  type: 'exit' as const,
  linkSessionId: null,
  requestId: null,
  status: null,
  errorType: null,
  errorCode: null,
  institutionId: null,
  connectionId,
  visit
})

async function editTransactions(user: UserActor, mark: string): Promise<string> {
  const { items } = await DataService.listTransactions(user, { limit: 10 })
  const idOf = (amount: bigint) => items.find((one) => one.amount.minor === amount)?.id ?? ''
  const changeId = randomUUID()
  const change = { note: `Note ${mark}`, addTags: [`tag-${mark}`] }
  await DataService.saveEdit(user, { ids: [idOf(-1_250n)] }, { change, changeId })
  await DataService.saveSplits(user, idOf(-9_000n), [
    { minor: -4_000n, category: 'TRAVEL', note: mark },
    { minor: -5_000n, category: 'MEDICAL', note: null }
  ])
  return changeId
}

async function createApplication(user: UserActor, mark: string) {
  await DataService.saveDraft(user, { name: { firstName: mark, middleName: null, lastName: 'A' } })
  await DataService.saveConsents(user, {
    version: mark,
    groups: [{ category: 'BANK', documents: [] }],
    consentedAt: '2026-01-01T00:00:00Z'
  })
  await DataService.saveEsignLink(user, { version: mark, token: `esign-${mark}`, ttlMs: 60_000 })
  const { id } = await DataService.startApplication(user, { body: '{}' })
  return DataService.saveApplicationStatus(user, id, {
    status: 'APPROVED',
    jikoCustomerId: `customer-${mark}`,
    documents: []
  })
}

async function createTransfers(
  user: UserActor,
  application: DataService.ApplicationRecord,
  mark: string
) {
  const { id: bankAccountId } = await DataService.saveBankAccount(user, {
    application,
    jikoPocketId: `pocket-${mark}`,
    name: 'Pangea account',
    status: 'OPEN',
    balance: usd(1_000_000n)
  })
  await DataService.saveCounterparties(user, bankAccountId, [counterpartyFor(mark)])
  const [counterparty] = await DataService.listCounterparties(user)
  const counterpartyId = counterparty?.id ?? ''
  const draft = { bankAccountId, counterpartyId, direction: 'in' as const, settlesOn: '2026-12-01' }
  const confirmed = await DataService.saveTransferDraft(user, { ...draft, amount: usd(1_100n) })
  await DataService.confirmTransfer(user, confirmed.id, {
    leaseMs: 60_000,
    settlesOn: '2026-12-01'
  })
  const open = await DataService.saveTransferDraft(user, { ...draft, amount: usd(1_200n) })
  return { bankAccountId, counterpartyId, transferId: confirmed.id, draftId: open.id }
}

export const counterpartyFor = (mark: string) => ({
  jikoCounterpartyId: `counterparty-${mark}-${randomUUID()}`,
  institutionName: `Bank ${mark}`,
  mask: '0000',
  accountType: null,
  status: 'VERIFIED',
  verification: null
})
