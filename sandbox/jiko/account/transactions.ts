/** Incoming money of a pocket, and its lists: transactions, trades, statements. */
import type { Context } from 'hono'
import { renderPdf } from '@/sandbox/core/pdf'
import { cusipOf } from '@/sandbox/jiko/account/pockets'
import { notFound } from '@/sandbox/jiko/errors'
import { cursorList } from '@/sandbox/jiko/pagination'
import {
  getCustomer,
  getPocket,
  type Jiko,
  type Pocket,
  type PocketTransaction,
  type Trade,
  usd
} from '@/sandbox/jiko/state'
import { emit } from '@/sandbox/jiko/webhooks/events'

const DAY = 86_400_000
const SETTLEMENT_DELAY = 2 * DAY
const LINK_LIFETIME = 10 * 60_000
const TITLES: Record<string, string> = {
  statements: 'Monthly statement',
  confirmations: 'Trade confirmation'
}

/** Records an incoming ACH credit like the vendor's sandbox route. */
export function credit(jiko: Jiko, pocketId: string, cents: number, company: string): void {
  const settlesAt = jiko.now().getTime() + SETTLEMENT_DELAY
  bookTransaction(jiko, getPocket(jiko, pocketId), cents, {
    title: company,
    description: `ACH credit from ${company}`,
    settlesAt
  })
  emit(jiko, 'transfers.ach.in.success', { jiko_account_id: pocketId })
}

type Booking = { title: string; description: string; settlesAt: number }

/**
 * The only place that changes a pocket's balance; positive is money in. The balance is always the
 * sum of its transactions.
 */
export function bookTransaction(jiko: Jiko, pocket: Pocket, cents: number, booking: Booking): void {
  const { ids } = jiko.sandbox
  const at = jiko.now()
  jiko.records.pockets.put({ ...pocket, cents: pocket.cents + cents })
  jiko.records.transactions.put({
    id: ids.uuid('pocket_transaction'),
    transaction_id: ids.uuid('transaction'),
    pocketId: pocket.id,
    type: 'ACH',
    ...booking,
    cents: Math.abs(cents),
    direction: cents < 0 ? 'DEBIT' : 'CREDIT',
    time_booked: at.toISOString()
  })
  jiko.records.trades.put({
    id: ids.uuid('trade'),
    customer_id: pocket.customer_id,
    jiko_account_id: pocket.id,
    cents: Math.abs(cents),
    side: cents < 0 ? 'SELL' : 'BUY',
    cusip: cusipOf(pocket.deposit_strategy_id),
    strategy: pocket.deposit_strategy_id,
    time_created: at.toISOString()
  })
}

export function addTransactions(jiko: Jiko): void {
  jiko.sandbox.app.get('/api/v2/pockets/:id/transactions/', (c) => {
    const pocket = getPocket(jiko, c.req.param('id'))
    return c.json(
      cursorList(c, filterTransactions(jiko, c, pocket.id), (transaction) =>
        render(jiko, transaction)
      )
    )
  })
  addTrades(jiko)
  addDocuments(jiko)
}

function addTrades(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.get('/api/v1/customers/:id/trades/', (c) => {
    const customer = getCustomer(jiko, c.req.param('id'))
    return c.json(
      cursorList(
        c,
        newestFirst(jiko.records.trades.filter(({ customer_id }) => customer_id === customer.id)),
        renderTrade
      )
    )
  })
  app.get('/api/v1/jiko-accounts/:id/trades/', (c) => {
    const pocket = getPocket(jiko, c.req.param('id'))
    return c.json(
      cursorList(
        c,
        newestFirst(
          jiko.records.trades.filter(({ jiko_account_id }) => jiko_account_id === pocket.id)
        ),
        renderTrade
      )
    )
  })
}

/** Trade confirmations and statements, and the files that their links lead to. */
function addDocuments(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.get('/api/v1/jiko-accounts/:id/trades/:trade/confirmation/', (c) => {
    const trade = jiko.records.trades.get(c.req.param('trade'))
    if (!trade || trade.jiko_account_id !== c.req.param('id')) throw notFound()
    const expires = jiko.now().getTime() + LINK_LIFETIME
    return c.json({
      pdf_download_url: `${new URL(c.req.url).origin}/files/confirmations/${trade.id}.pdf?expires=${expires}`
    })
  })
  app.get('/api/v1/customers/:id/statements/', (c) =>
    c.json(cursorList(c, statements(jiko, c), (statement) => statement, 150))
  )
  app.get('/files/:kind/:key', (c) => {
    const title = TITLES[c.req.param('kind')]
    if (!title) throw notFound()
    if (Number(c.req.query('expires')) < jiko.now().getTime())
      return c.json({ detail: 'Link has expired' }, 403)
    const file = renderPdf(title, [
      `${c.req.param('key').replace('.pdf', '')}. Sample document made for trying out the application.`
    ])
    return c.body(new Uint8Array(file), 200, { 'content-type': 'application/pdf' })
  })
}

function filterTransactions(jiko: Jiko, c: Context, pocketId: string): PocketTransaction[] {
  const query = (name: string) => c.req.query(name)
  const within = (value: number | string, from: string | undefined, to: string | undefined) =>
    (!from || (typeof value === 'number' ? value >= Number(from) : value >= from)) &&
    (!to || (typeof value === 'number' ? value <= Number(to) : value <= to))
  const rows = jiko.records.transactions.filter(
    (t) =>
      t.pocketId === pocketId &&
      (!query('direction') || query('direction') === t.direction) &&
      (!query('filter[type]') || query('filter[type]') === t.type) &&
      within(t.cents, query('amount_from'), query('amount_to')) &&
      within(t.time_booked, query('time_booked_from'), query('time_booked_to'))
  )
  return query('order') === 'asc' ? rows : rows.reverse()
}

function render(jiko: Jiko, transaction: PocketTransaction) {
  const settled = transaction.settlesAt <= jiko.now().getTime()
  return {
    id: transaction.id,
    transaction_id: transaction.transaction_id,
    type: transaction.type,
    title: transaction.title,
    description: transaction.description,
    amount: usd(transaction.cents),
    direction: transaction.direction,
    status: settled ? 'SETTLED' : 'BOOKED',
    time_booked: transaction.time_booked,
    time_settled: settled ? new Date(transaction.settlesAt).toISOString() : null,
    object_type: 'PocketTransaction'
  }
}

const newestFirst = <T extends { time_created: string }>(items: T[]) =>
  items.sort((a, b) => b.time_created.localeCompare(a.time_created))

const renderTrade = (trade: Trade) => ({
  id: trade.id,
  jiko_account_id: trade.jiko_account_id,
  type: trade.side === 'SELL' ? 'WITHDRAWAL' : 'DEPOSIT',
  side: trade.side ?? 'BUY',
  amount: usd(trade.cents),
  cusip: trade.cusip,
  strategy_id: trade.strategy,
  time_created: trade.time_created,
  object_type: 'Trade'
})

/** One bank statement per pocket and completed month. */
function statements(jiko: Jiko, c: Context) {
  const customer = getCustomer(jiko, c.req.param('id') ?? '')
  const { origin } = new URL(c.req.url)
  const now = jiko.now()
  const expires = now.getTime() + LINK_LIFETIME
  return jiko.records.pockets
    .filter(({ customer_id }) => customer_id === customer.id)
    .flatMap((pocket) =>
      monthsBetween(pocket.time_created, now).map((key) => ({
        id: `${pocket.id}-${key}`,
        jiko_account_id: pocket.id,
        type: 'BANK',
        key,
        pdf_download_url: `${origin}/files/statements/${key}.pdf?expires=${expires}`,
        time_created: now.toISOString()
      }))
    )
}

function monthsBetween(from: string, to: Date): string[] {
  const months: string[] = []
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00Z`)
  for (
    ;
    month.toISOString().slice(0, 7) < to.toISOString().slice(0, 7);
    month.setUTCMonth(month.getUTCMonth() + 1)
  )
    months.push(month.toISOString().slice(0, 7))
  return months.reverse()
}
