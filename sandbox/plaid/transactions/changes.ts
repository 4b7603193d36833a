/** Requested changes of an Item's transactions, as entries for ingestion. */
import { seededRandom } from '@/sandbox/core/ids'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution } from '@/sandbox/plaid/institutions'
import { today, toWireAccounts } from '@/sandbox/plaid/items'
import { round } from '@/sandbox/plaid/logins/bank-data'
import { toDay, toIso } from '@/sandbox/plaid/logins/calendar'
import { makePosting } from '@/sandbox/plaid/logins/dynamic-user'
import type { Change, ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { idFor, openEventLog, rowsOn } from '@/sandbox/plaid/transactions/event-log'
import { type BankRow, toRow } from '@/sandbox/plaid/transactions/rows'

export type RowInput = {
  amount: number
  name: string
  date?: string | undefined
  authorizedDate?: string | undefined
  pending?: boolean | undefined
  accountId?: string | undefined
  currency?: string | undefined
}

/** New rows as requested; on the first depository account unless one is named. */
export function addRows(plaid: Plaid, item: ItemRecord, wanted: RowInput[]): Change[] {
  const accounts = toWireAccounts(plaid, item)
  return wanted.map((row) => {
    const account = row.accountId
      ? accounts.find((a) => a.account_id === row.accountId)
      : (accounts.find((a) => a.type === 'depository') ?? accounts[0])
    if (!account) throw new PlaidApiError('INVALID_ACCOUNT_ID')
    const date = row.date ?? toIso(today(plaid))
    const currency = row.currency ?? account.balances.iso_currency_code
    return {
      kind: 'add',
      row: {
        id: plaid.sandbox.ids.text('transaction', 37),
        account: account.account_id,
        amount: row.amount,
        currency,
        unofficialCurrency: currency ? null : account.balances.unofficial_currency_code,
        date,
        authorizedOn: row.authorizedDate ?? date,
        name: row.name,
        merchant: null,
        website: null,
        category: null,
        channel: 'other',
        code: null,
        pending: row.pending ?? false,
        pendingId: null
      }
    }
  })
}

/** A few plausible purchases of today. */
export function generateRows(
  plaid: Plaid,
  item: ItemRecord,
  count: number,
  pending: boolean
): Change[] {
  const accounts = toWireAccounts(plaid, item).filter(
    (a) => a.type === 'depository' || a.type === 'credit'
  )
  const salt = plaid.sandbox.ids.text('purchase', 12)
  const random = seededRandom(`${item.id}|${salt}`)
  return Array.from({ length: count }, (_, i) => {
    const account = accounts[Math.floor(random() * accounts.length)]
    if (!account) throw new PlaidApiError('NO_ACCOUNTS')
    const posting = makePosting(random, `${salt}.${i}`, today(plaid), pending)
    const usual =
      item.username === 'user_transactions_dynamic' ||
      getInstitution(item.institutionId)?.profile === 'odd'
    const holder = {
      accountId: account.account_id,
      currency: account.balances.iso_currency_code,
      unofficialCurrency: account.balances.unofficial_currency_code
    }
    const amount = usual ? posting.amount : round(posting.amount, 2)
    return {
      kind: 'add',
      row: {
        ...toRow({ ...posting, amount }, today(plaid), holder, (key) =>
          idFor(item.id, holder.accountId, key)
        )
      }
    }
  })
}

/**
 * Turns pending rows into posted ones: a new id that names the old one. All additions come before
 * all removals, so that with small pages the two halves of one purchase are on different pages.
 */
export function postPending(plaid: Plaid, item: ItemRecord, ids?: string[]): Change[] {
  const pending = [...openEventLog(plaid, item).rows.values()].filter(
    (row) => row.pending && (!ids || ids.includes(row.id))
  )
  const booked = new Map(bookedIds(plaid, item))
  const posted = pending.map((row): BankRow => {
    const id = booked.get(row.id) ?? plaid.sandbox.ids.text('transaction', 37)
    return {
      ...row,
      id,
      pending: false,
      pendingId: row.id,
      date: toIso(Math.max(today(plaid), toDay(row.date)))
    }
  })
  return [
    ...posted.map((row): Change => ({ kind: 'add', row })),
    ...pending.map((row): Change => ({ kind: 'remove', id: row.id }))
  ]
}

/** Pending id → id of the later posted row, so that the purchase is not booked twice. */
function bookedIds(plaid: Plaid, item: ItemRecord): [string, string][] {
  const soon = rowsOn(plaid, item, item.accounts, item.through + 7)
  return soon.flatMap((row): [string, string][] => (row.pendingId ? [[row.pendingId, row.id]] : []))
}

/**
 * The same row with another text or amount; an empty patch is an unchanged row, which Plaid also
 * sends.
 */
export function modifyRow(
  plaid: Plaid,
  item: ItemRecord,
  id: string,
  patch: Partial<Pick<BankRow, 'amount' | 'name' | 'date' | 'merchant'>>
): Change[] {
  requireRow(plaid, item, id)
  return [{ kind: 'modify', id, patch }]
}

export function removeRow(plaid: Plaid, item: ItemRecord, id: string): Change[] {
  requireRow(plaid, item, id)
  return [{ kind: 'remove', id }]
}

/**
 * A refresh of user_transactions_dynamic: books everything pending, raises one amount, repeats some
 * rows, adds new ones.
 */
export function refreshDynamic(plaid: Plaid, item: ItemRecord): Change[] {
  const booked = [...openEventLog(plaid, item).rows.values()].filter((row) => !row.pending)
  const raised = booked.at(-1)
  const echoes = booked.slice(-21, -1)
  return [
    ...postPending(plaid, item),
    ...(raised
      ? [{ kind: 'modify' as const, id: raised.id, patch: { amount: round(raised.amount + 1) } }]
      : []),
    ...echoes.map((row): Change => ({ kind: 'modify', id: row.id, patch: {} })),
    ...generateRows(plaid, item, 3, true)
  ]
}

function requireRow(plaid: Plaid, item: ItemRecord, id: string): void {
  if (!openEventLog(plaid, item).rows.has(id))
    throw new PlaidApiError('INVALID_FIELD', 'no such transaction on this Item')
}
