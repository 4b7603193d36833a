/** /statements/list and /statements/download. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { renderPdf } from '@/sandbox/core/pdf'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution } from '@/sandbox/plaid/institutions'
import { requireHealthyItem, toWireAccounts } from '@/sandbox/plaid/items'
import { type BankAccount, balanceAt, type Posting } from '@/sandbox/plaid/logins/bank-data'
import { dayOfMonth, monthOf, toIso, yearOf } from '@/sandbox/plaid/logins/calendar'
import { addProduct } from '@/sandbox/plaid/products'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'
import { generatedDataFor, idFor } from '@/sandbox/plaid/transactions/event-log'

/** Complete months before the Item was linked. */
const MONTHS = 3

type Month = { id: string; first: number; last: number }

export function addStatementRoutes(plaid: Plaid): void {
  route(plaid, '/statements/list', fields({ access_token: z.string() }), ({ access_token }) => {
    const item = addProduct(plaid, requireHealthyItem(plaid, access_token), 'statements')
    return {
      accounts: toWireAccounts(plaid, item)
        .filter(({ type }) => type === 'depository')
        .map((account) => ({
          account_id: account.account_id,
          account_mask: account.mask ?? '',
          account_name: account.name,
          account_official_name: account.official_name ?? '',
          account_subtype: account.subtype ?? '',
          account_type: account.type,
          statements: monthsOf(item, account.account_id).map(({ id, first, last }) => ({
            statement_id: id,
            month: monthOf(first),
            year: yearOf(first),
            date_posted: toIso(last + 1)
          }))
        })),
      institution_id: item.institutionId,
      institution_name: getInstitution(item.institutionId)?.name ?? '',
      item_id: item.id
    }
  })
  const Download = fields({ access_token: z.string(), statement_id: z.string() })
  route(plaid, '/statements/download', Download, ({ access_token, statement_id }, c) => {
    const item = addProduct(plaid, requireHealthyItem(plaid, access_token), 'statements')
    const pdf = pdfOf(plaid, item, statement_id)
    c.header('content-type', 'application/pdf')
    c.header('plaid-content-hash', createHash('sha256').update(pdf).digest('hex'))
    return c.body(new Uint8Array(pdf))
  })
}

/** Newest first. */
function monthsOf(item: ItemRecord, accountId: string): Month[] {
  const months: Month[] = []
  for (let after = item.linkedOn - dayOfMonth(item.linkedOn) + 1; months.length < MONTHS; ) {
    const last = after - 1
    const first = last - dayOfMonth(last) + 1
    months.push({ id: idFor('statement', accountId, String(first)), first, last })
    after = first
  }
  return months
}

function pdfOf(plaid: Plaid, item: ItemRecord, statementId: string): Buffer {
  const data = generatedDataFor(plaid, item, item.through)
  for (const { key, id } of item.accounts) {
    const month = monthsOf(item, id).find((candidate) => candidate.id === statementId)
    const account = data.accounts.find((candidate) => candidate.key === key)
    if (month && account) return renderStatement(account, data.postings, month)
  }
  throw new PlaidApiError('INVALID_FIELD', 'statement_id is not a statement of this Item')
}

function renderStatement(account: BankAccount, postings: Posting[], { first, last }: Month) {
  const rows = postings.filter(
    (row) => row.account === account.key && row.posted >= first && row.posted <= last
  )
  return renderPdf(`Statement of ${account.name}, ${toIso(first)} to ${toIso(last)}`, [
    `Opening balance ${balanceAt(account, postings, first - 1).toFixed(2)}`,
    ...rows.map((row) => `${toIso(row.posted)}  ${row.name}  ${row.amount.toFixed(2)}`),
    `Closing balance ${balanceAt(account, postings, last).toFixed(2)}`
  ])
}
