/**
 * The verbs that a crash can interrupt: the state before, the action of the user or the vendor, and
 * the required final state.
 */
import { expect } from 'vitest'
import { PangeaService } from '@/lib/services'
import { expectedRows, type StoredRow } from '@/tests/model/simulation/reference'
import { changeAtVendor } from '@/tests/model/simulation/vendor-changes'
import type { BankLogin } from '@/tests/model/simulation/vendor-model'

export type CrashScenario = {
  name: string
  prepare: (login: BankLogin) => Promise<void>
  /** The interrupted action. */
  act: (login: BankLogin) => Promise<unknown>
  /**
   * The repeated action of the user or the vendor, in a new process; the workers run on their own.
   */
  retry: (login: BankLogin) => Promise<unknown>
  verify: (login: BankLogin) => Promise<void>
}

const itemsOf = (login: BankLogin) => login.plaid.items.all().filter(({ removed }) => !removed)
const firstItem = (login: BankLogin) => itemsOf(login)[0]?.id ?? ''
const connectionOf = async (login: BankLogin) => (await login.connections())[0]
const idOf = async (login: BankLogin) => (await connectionOf(login))?.id ?? ''

async function linkAndSync(login: BankLogin): Promise<void> {
  await login.link(await login.publicToken())
  await login.runWorker()
}

async function withBankChanges(login: BankLogin): Promise<void> {
  await linkAndSync(login)
  const itemId = firstItem(login)
  changeAtVendor(login.plaid, itemId, { change: 'add', count: 2, pending: true, units: 123_400 })
  changeAtVendor(login.plaid, itemId, { change: 'post', pick: 0, all: true })
  changeAtVendor(login.plaid, itemId, { change: 'remove', pick: 1 })
  changeAtVendor(login.plaid, itemId, { change: 'modify', pick: 2, what: 'amount', units: 555_500 })
}

const ROWS = `select t.plaid_transaction_id as "plaidId", l.plaid_account_id as account, t.amount_minor::text as amount, t.currency, t.booked_on::text as "bookedOn",
    t.authorized_on::text as "authorizedOn", t.name, t.merchant_name as merchant, t.category_primary || ' ' || t.category_detailed as category,
    t.payment_channel as channel, t.pending
  from transactions t join linked_accounts l on l.id = t.account_id where t.user_id = $1 and t.removed_at is null order by t.plaid_transaction_id collate "C"`

/** One healthy connection, with the rows that the bank has. */
async function expectComplete(login: BankLogin): Promise<void> {
  const connections = await login.connections()
  expect(connections).toHaveLength(1)
  expect(connections[0]).toMatchObject({ status: 'good', sync: { status: 'completed' } })
  const item = itemsOf(login).find(({ id }) => id === connections[0]?.plaidItemId)
  expect(item, 'the Item is alive at the vendor').toBeDefined()
  if (item)
    expect(await login.storage.rows<StoredRow>(ROWS, [login.owner.userId])).toEqual(
      expectedRows(login.plaid, item)
    )
  const [pages] = await login.storage.rows<{ n: number }>(
    'select count(*)::int as n from sync_pages p join sync_runs r on r.id = p.run_id where r.user_id = $1',
    [login.owner.userId]
  )
  expect(pages?.n, 'staged pages left').toBe(0)
}

const link: CrashScenario = {
  name: 'link',
  prepare: async () => {},
  act: async (login) => login.link(await login.publicToken()),
  retry: async (login) => {
    if ((await login.connections()).length === 0) await login.link(await login.publicToken())
  },
  verify: expectComplete
}

const sync: CrashScenario = {
  name: 'sync',
  prepare: async (login) => {
    await withBankChanges(login)
    login.plaid.switches.pageSize = 2
    await PangeaService.requestSync(login.owner, await idOf(login))
  },
  act: (login) => login.runWorker(),
  retry: async () => {},
  verify: expectComplete
}

const SYNC_UPDATES = 'TRANSACTIONS/SYNC_UPDATES_AVAILABLE'
const newest = (login: BankLogin, event: string) =>
  login.plaid.sandbox.deliveries.list().find((delivery) => delivery.event === event)

/** Plaid retries rejected deliveries. */
const webhook: CrashScenario = {
  name: 'webhook to sync',
  prepare: withBankChanges,
  act: async (login) => {
    if (await login.deliverWebhook(newest(login, SYNC_UPDATES)?.id ?? '')) await login.runWorker()
  },
  retry: async (login) => {
    const delivery = newest(login, SYNC_UPDATES)
    if (delivery && !delivery.attempts.some(({ status }) => status === 200))
      await login.deliverWebhook(delivery.id)
  },
  verify: expectComplete
}

const signInAgain = async (login: BankLogin) => {
  const connectionId = await idOf(login)
  const { linkToken, visit } = await PangeaService.relinkBank(login.owner, connectionId)
  login.signIn(linkToken)
  await PangeaService.confirmRelink(login.owner, connectionId, { visit })
  await login.runWorker()
}

const relink: CrashScenario = {
  name: 'relink',
  prepare: async (login) => {
    await withBankChanges(login)
    await login.press(`/items/${firstItem(login)}/reset-login`)
    await login.deliverWebhook(newest(login, 'ITEM/ERROR')?.id ?? '')
    await login.runWorker()
    expect(await connectionOf(login)).toMatchObject({ status: 'bad' })
  },
  act: signInAgain,
  retry: async (login) => {
    if ((await connectionOf(login))?.status !== 'good') await signInAgain(login)
  },
  verify: expectComplete
}

const disconnect = (history: 'keep' | 'erase'): CrashScenario => ({
  name: `disconnect and ${history}`,
  prepare: linkAndSync,
  act: async (login) => PangeaService.disconnectBank(login.owner, await idOf(login), { history }),
  retry: async (login) => {
    const connection = await connectionOf(login)
    if (connection && !connection.disconnectRequested)
      await PangeaService.disconnectBank(login.owner, connection.id, { history })
  },
  verify: async (login) => {
    const open = (await login.connections()).filter(
      ({ disconnectRequested }) => !disconnectRequested
    )
    expect(open).toEqual([])
    expect(itemsOf(login), 'Items alive at the vendor').toEqual([])
    const [kept] = await login.storage.rows<{ secrets: number; rows: number; removed: number }>(
      `select (select count(*)::int from connection_secrets where user_id = $1) as secrets,
         (select count(*)::int from transactions where user_id = $1) as rows,
         (select count(*)::int from bank_connections where user_id = $1 and removed_at is not null) as removed`,
      [login.owner.userId]
    )
    expect(kept).toMatchObject({ secrets: 0, removed: 1 })
    if (history === 'erase') expect(kept?.rows).toBe(0)
    else expect(kept?.rows).toBeGreaterThan(0)
  }
})

/** The new token exists in the dead process only: the user links the bank again. */
const rotate: CrashScenario = {
  name: 'rotate token',
  prepare: linkAndSync,
  act: async (login) => {
    await PangeaService.requestTokenRotation('all')
    await login.runWorker()
  },
  retry: async (login) => {
    await login.runWorker()
    if ((await connectionOf(login))?.status !== 'revoked') return
    const [noted] = await login.storage.rows<{ n: number }>(
      "select count(*)::int as n from link_events where user_id = $1 and error_code = 'TOKEN_LOST'",
      [login.owner.userId]
    )
    expect(noted?.n, 'Items noted as left at Plaid').toBe(1)
    await login.link(await login.publicToken())
  },
  verify: async (login) => {
    if (await connectionOf(login)) await PangeaService.requestSync(login.owner, await idOf(login))
    await login.runWorker()
    await expectComplete(login)
  }
}

export const CRASH_SCENARIOS = [
  link,
  sync,
  webhook,
  relink,
  rotate,
  disconnect('keep'),
  disconnect('erase')
]
