/** /accounts/* and /auth/get. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { requireHealthyItem, toWireAccounts, toWireItem } from '@/sandbox/plaid/items'
import type { BankAccount } from '@/sandbox/plaid/logins/bank-data'
import { addProduct } from '@/sandbox/plaid/products'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { accountIds, fields, route } from '@/sandbox/plaid/request'
import { generatedDataFor } from '@/sandbox/plaid/transactions/event-log'

const AccountsSchema = fields({
  access_token: z.string(),
  options: z.strictObject({ account_ids: accountIds.optional() }).optional()
})
const BalanceSchema = fields({
  access_token: z.string(),
  options: z
    .strictObject({
      account_ids: accountIds.optional(),
      min_last_updated_datetime: z.string().optional()
    })
    .optional()
})

export function addAccountRoutes(plaid: Plaid): void {
  route(plaid, '/accounts/get', AccountsSchema, (body) => {
    const item = requireHealthyItem(plaid, body.access_token)
    if (item.accounts.length === 0) throw new PlaidApiError('NO_ACCOUNTS')
    return {
      accounts: toWireAccounts(plaid, item, body.options?.account_ids),
      item: toWireItem(item)
    }
  })
  route(plaid, '/accounts/balance/get', BalanceSchema, (body) => {
    const item = requireHealthyItem(plaid, body.access_token)
    if (item.accounts.length === 0) throw new PlaidApiError('NO_ACCOUNTS')
    return {
      accounts: toWireAccounts(plaid, item, body.options?.account_ids),
      item: toWireItem(item)
    }
  })
  route(plaid, '/auth/get', AccountsSchema, (body) => {
    const item = requireHealthyItem(plaid, body.access_token)
    const accounts = toWireAccounts(plaid, item, body.options?.account_ids).filter(
      (a) => a.type === 'depository'
    )
    if (accounts.length === 0) throw new PlaidApiError('NO_AUTH_ACCOUNTS')
    return {
      accounts,
      numbers: numbersOf(plaid, item, new Set(accounts.map((a) => a.account_id))),
      item: toWireItem(addProduct(plaid, item, 'auth'))
    }
  })
}

function numbersOf(plaid: Plaid, item: ItemRecord, wanted: Set<string>) {
  const data = generatedDataFor(plaid, item, item.through)
  const found = item.accounts.flatMap(({ key, id }) => {
    const account = data.accounts.find((candidate) => candidate.key === key)
    return account && wanted.has(id) ? [{ account_id: id, n: account.numbers, account }] : []
  })
  const in_ = (currency: string) =>
    found.filter(({ account }: { account: BankAccount }) => account.currency === currency)
  const elsewhere = new Set([...in_('GBP'), ...in_('CAD'), ...in_('EUR')])
  return {
    ach: found
      .filter((entry) => !elsewhere.has(entry))
      .map(({ account_id, n }) => ({
        account_id,
        account: n.account,
        routing: n.routing,
        wire_routing: n.wire
      })),
    eft: found.flatMap(({ account_id, n }) =>
      n.eftInstitution
        ? [
            {
              account_id,
              account: n.account,
              institution: n.eftInstitution,
              branch: n.eftBranch ?? ''
            }
          ]
        : []
    ),
    international: found.flatMap(({ account_id, n }) =>
      n.iban ? [{ account_id, iban: n.iban, bic: n.bic ?? '' }] : []
    ),
    bacs: found.flatMap(({ account_id, n }) =>
      n.sortCode ? [{ account_id, account: n.account, sort_code: n.sortCode }] : []
    )
  }
}
