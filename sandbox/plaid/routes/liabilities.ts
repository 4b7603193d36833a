/** /liabilities/get. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { requireHealthyItem, today, toWireAccounts, toWireItem } from '@/sandbox/plaid/items'
import { type Debt, toCardLiability, toMortgage, toStudentLoan } from '@/sandbox/plaid/liabilities'
import { addProduct, supports } from '@/sandbox/plaid/products'
import type { Plaid } from '@/sandbox/plaid/records'
import { accountIds, fields, route } from '@/sandbox/plaid/request'
import { generatedDataFor } from '@/sandbox/plaid/transactions/event-log'

const Schema = fields({
  access_token: z.string(),
  options: z.strictObject({ account_ids: accountIds.optional() }).prefault({})
})

export function addLiabilityRoutes(plaid: Plaid): void {
  route(plaid, '/liabilities/get', Schema, ({ access_token, options }) => {
    const healthy = requireHealthyItem(plaid, access_token)
    const accounts = toWireAccounts(plaid, healthy, options.account_ids)
    const item = addProduct(plaid, healthy, 'liabilities')
    if (!supports('liabilities', accounts)) throw new PlaidApiError('NO_LIABILITY_ACCOUNTS')
    const day = item.startedAt ? item.through : today(plaid)
    const data = generatedDataFor(plaid, item, day)
    const keys = new Map(item.accounts.map(({ id, key }) => [id, key]))
    const debts = (wanted: (account: (typeof accounts)[number]) => boolean): Debt[] =>
      accounts.filter(wanted).flatMap(({ account_id: id }) => {
        const account = data.accounts.find((candidate) => candidate.key === keys.get(id))
        const postings = data.postings.filter((posting) => posting.account === account?.key)
        return account ? [{ id, account, postings, day }] : []
      })
    const orNull = <T>(rows: T[]) => (rows.length ? rows : null)
    const ofSubtype = (subtype: string) =>
      debts((account) => account.type !== 'other' && account.subtype === subtype)
    return {
      accounts,
      item: toWireItem(item),
      liabilities: {
        credit: orNull(ofSubtype('credit card').map(toCardLiability)),
        student: orNull(ofSubtype('student').map(toStudentLoan)),
        mortgage: orNull(ofSubtype('mortgage').map(toMortgage))
      }
    }
  })
}
