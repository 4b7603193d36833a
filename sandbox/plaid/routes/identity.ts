/** /identity/get and /identity/match. */
import { z } from 'zod'
import { matchOwners } from '@/sandbox/plaid/identity-match'
import { requireHealthyItem, toWireAccounts, toWireItem } from '@/sandbox/plaid/items'
import type { Owner } from '@/sandbox/plaid/logins/bank-data'
import { addProduct } from '@/sandbox/plaid/products'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { accountIds, fields, route } from '@/sandbox/plaid/request'
import { generatedDataFor } from '@/sandbox/plaid/transactions/event-log'

const common = {
  access_token: z.string(),
  options: z.strictObject({ account_ids: accountIds.optional() }).optional()
}
const MatchSchema = fields({
  ...common,
  user: z
    .looseObject({
      legal_name: z.string().optional(),
      phone_number: z.string().optional(),
      email_address: z.string().optional(),
      address: z
        .looseObject({
          street: z.string().optional(),
          city: z.string().optional(),
          region: z.string().optional(),
          postal_code: z.string().optional(),
          country: z.string().optional()
        })
        .optional()
    })
    .optional()
})

export function addIdentityRoutes(plaid: Plaid): void {
  route(plaid, '/identity/get', fields(common), (body) => {
    const item = requireHealthyItem(plaid, body.access_token)
    const accounts = accountsWithOwners(plaid, item, body.options?.account_ids)
    return {
      accounts: accounts.map(({ account, owners }) => ({ ...account, owners })),
      item: toWireItem(addProduct(plaid, item, 'identity'))
    }
  })
  route(plaid, '/identity/match', MatchSchema, ({ access_token, user = {}, options }) => {
    const item = requireHealthyItem(plaid, access_token)
    const accounts = accountsWithOwners(plaid, item, options?.account_ids)
    return {
      accounts: accounts.map(({ account, owners }) => ({
        ...account,
        ...matchOwners(user, owners)
      })),
      item: toWireItem(addProduct(plaid, item, 'identity'))
    }
  })
}

function accountsWithOwners(plaid: Plaid, item: ItemRecord, wanted: string[] | undefined) {
  const data = generatedDataFor(plaid, item, item.through)
  const keys = new Map(item.accounts.map((own) => [own.id, own.key]))
  return toWireAccounts(plaid, item, wanted).map((account) => {
    const own = data.accounts.find(({ key }) => key === keys.get(account.account_id))
    const owners: Owner[] = [own?.owner ?? data.owner]
    return { account, owners }
  })
}
