/** Plays one history and says what is stored at the end, when nothing is left to do. */
import { system } from '@/lib/domain/actor'
import { IntegrationError, RequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/reconcile'
import type { Login, VendorModel } from '@/tests/support/vendor-model'
import type { StoredAccount, StoredRow } from './reference'
import type { History, Step } from './steps'
import { createTroubles, type Troubles } from './troubles'
import { changeAtVendor } from './vendor-changes'

const HOUR = 3_600_000
const LEASE_MS = 60_000
const ROUNDS = 60

export type Outcome = {
  login: Login
  /** Our id of every transaction that was ever seen stored, by Plaid's. */
  ids: Map<string, string>
  rows: StoredRow[]
  rowIds: Map<string, string>
  accounts: StoredAccount[]
  status: string
  /** Rows of work in progress that should not be left: pages, waiting and running syncs. */
  leftOver: number
}

/** A history being played. */
export type Game = { login: Login; connectionId: string; itemId: string; ids: Map<string, string>; troubles: Troubles; consumed: Set<string> }

/** The caller closes the login. */
export async function play(world: VendorModel, history: History): Promise<Outcome> {
  const login = await world.login({ transactions: history.transactions, readyAfter: history.readyAfter })
  if (history.pageSize) login.plaid.switches.pageSize = history.pageSize
  const { connectionId } = await login.link(await login.publicToken())
  const itemId = login.plaid.items.all()[0]?.id ?? ''
  const game: Game = { login, connectionId, itemId, ids: new Map(), troubles: createTroubles(login), consumed: new Set() }
  for (const step of history.steps) {
    await take(game, step)
    await notice(game)
  }
  await settle(game)
  await notice(game)
  return lookAt(game)
}

async function take(game: Game, step: Step): Promise<void> {
  const { login, troubles } = game
  switch (step.do) {
    case 'vendor':
      return changeAtVendor(login.plaid, game.itemId, step.what)
    case 'while paging':
      return troubles.whilePaging(step.page, () => changeAtVendor(login.plaid, game.itemId, step.what))
    case 'refuse a page':
      login.plaid.switches.mutateItems.add(game.itemId)
      return
    case 'forget cursors':
      return troubles.forgetCursors()
    case 'page size':
      login.plaid.switches.pageSize = step.size
      return
    case 'webhook':
    case 'webhooks':
      return bringWebhooks(game, step)
    case 'press':
      return tolerate(() => PangeaService.requestSync(login.owner, game.connectionId))
    case 'drain':
      await Promise.all(Array.from({ length: step.workers }, () => drain(login)))
      return
    case 'crash':
      login.power.arm({ at: step.at, side: step.side, how: 'kill' })
      await drain(login)
      login.power.revive()
      login.advance(step.restartAfter)
      return
    case 'lose answer':
      login.power.arm({ at: step.at, side: 'after', how: 'lose' })
      await drain(login)
      login.power.revive()
      return
    case 'stall':
      return stall(login, step)
    case 'sweep':
      return tolerate(reconcile)
    case 'wait':
      return login.advance(step.ms)
    case 'break':
      return login.press(`/items/${game.itemId}/reset-login`, { code: step.code })
    case 'repair':
      return login.press(`/items/${game.itemId}/repair`)
  }
}

/** A worker stops for longer than its lease, another one takes over, and then the first goes on as if nothing had been. */
async function stall(login: Login, { at, side }: { at: number; side: 'before' | 'after' }): Promise<void> {
  const { stalled } = login.power.arm({ at, side, how: 'stall' })
  const slow = drain(login)
  await Promise.race([stalled, slow])
  if (!login.power.seen().struck) return login.power.revive()
  login.advance(LEASE_MS + 1_000)
  await drain(login)
  login.power.release()
  await slow
  login.power.revive()
}

async function bringWebhooks(game: Game, step: Extract<Step, { do: 'webhook' | 'webhooks' }>): Promise<void> {
  const { deliveries } = game.login.plaid.sandbox
  const waiting = deliveries
    .list()
    .filter(({ id }) => !game.consumed.has(id))
    .reverse()
  const one = step.do === 'webhook' ? waiting[step.pick % Math.max(1, waiting.length)] : undefined
  const chosen = step.do === 'webhooks' ? waiting : one ? [one] : []
  if (step.do === 'webhooks' && step.order === 'last first') chosen.reverse()
  for (const { id } of chosen) {
    game.consumed.add(id)
    if (step.do === 'webhook' && step.fate === 'is lost') continue
    await deliveries.redeliver(id)
    if (step.do === 'webhook' && step.fate === 'arrives twice') await deliveries.redeliver(id)
  }
}

/** One process that works until nothing waits, or until it is stopped by a trouble that the next one copes with. */
const drain = (login: Login): Promise<void> => tolerate(() => login.drain())

async function tolerate(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError || thrown instanceof RequestError)) throw thrown
  }
}

/** No webhook comes any more, the bank works again, and the sweep and the workers do what there is to do. */
async function settle(game: Game): Promise<void> {
  const { login } = game
  login.power.revive()
  game.troubles.end()
  if (login.plaid.items.get(game.itemId)?.error) await login.press(`/items/${game.itemId}/repair`)
  login.advance(7 * HOUR)
  for (let round = 0; round < ROUNDS; round++) {
    await reconcile()
    await login.drain()
    if (!(await isDue(game))) break
    login.advance(HOUR + 1_000)
  }
  // Stale rows are looked for once an hour.
  login.advance(HOUR + 1_000)
  await reconcile()
}

async function isDue({ login, connectionId }: Game): Promise<boolean> {
  const [busy] = await login.storage.rows<{ n: number }>(
    `select count(*)::int as n from sync_runs where connection_id = $1 and status in ('pending', 'in_progress')`,
    [connectionId]
  )
  if (busy?.n) return true
  const before = new Date(login.plaid.sandbox.clock.now().getTime() - 6 * HOUR)
  const silent = await DataService.listSilentConnections(system('model'), { loadingBefore: before, before, limit: 10 })
  return silent.length > 0
}

/** A row that was seen once must keep its id for good. */
async function notice({ login, ids }: Game): Promise<void> {
  for (const row of await stored(login)) {
    const known = ids.get(row.plaid_transaction_id)
    if (known && known !== row.id) throw new Error(`${row.plaid_transaction_id} was ${known} and is ${row.id} now`)
    ids.set(row.plaid_transaction_id, row.id)
  }
}

type Row = { id: string; plaid_transaction_id: string }
const stored = (login: Login) => login.storage.rows<Row>('select id, plaid_transaction_id from transactions where user_id = $1', [login.owner.userId])

async function lookAt({ login, connectionId, ids }: Game): Promise<Outcome> {
  const rows = await login.storage.rows<StoredRow & { id: string }>(ROWS, [login.owner.userId])
  const accounts = await login.storage.rows<StoredAccount>(ACCOUNTS, [login.owner.userId])
  const [left] = await login.storage.rows<{ n: number }>(LEFT_OVER, [login.owner.userId])
  const [connection] = await login.connections()
  if (connection?.id !== connectionId) throw new Error('the connection is gone')
  return {
    login,
    ids,
    rows: rows.map(({ id: _, ...row }) => row),
    rowIds: new Map(rows.map(({ id, plaidId }) => [plaidId, id])),
    accounts,
    status: connection.status,
    leftOver: left?.n ?? 0
  }
}

const ROWS = `select t.id, t.plaid_transaction_id as "plaidId", l.plaid_account_id as account, t.amount_minor::text as amount, t.currency, t.booked_on::text as "bookedOn",
    t.authorized_on::text as "authorizedOn", t.name, t.merchant_name as merchant, t.category_primary || ' ' || t.category_detailed as category,
    t.payment_channel as channel, t.pending
  from transactions t join linked_accounts l on l.id = t.account_id where t.user_id = $1 and t.removed_at is null order by t.plaid_transaction_id collate "C"`
const ACCOUNTS = `select plaid_account_id as "plaidId", name, mask, current_minor::text as current from linked_accounts
  where user_id = $1 and closed_at is null order by plaid_account_id collate "C"`
const LEFT_OVER = `select ((select count(*) from sync_pages p join sync_runs r on r.id = p.run_id where r.user_id = $1)
  + (select count(*) from sync_runs where user_id = $1 and status in ('pending', 'in_progress')))::int as n`
