/** The accounts that Link shows after a login, with the ids they will have on the Item. */
import { accountIdFor, today } from '@/sandbox/plaid/items'
import type { LinkAccount } from '@/sandbox/plaid/link/types'
import { balanceAt } from '@/sandbox/plaid/logins/bank-data'
import { generateData } from '@/sandbox/plaid/logins/generated-data'
import { isShown } from '@/sandbox/plaid/products'
import type { LinkSession, LoginRecord, Plaid } from '@/sandbox/plaid/records'

/** Link opened for Auth alone verifies its accounts. */
export const isAuthOnly = (products: string[]): boolean => products.join() === 'auth'

/** In update mode, accounts already on the Item keep their ids; others get new ones. */
export function linkableAccounts(
  plaid: Plaid,
  session: LinkSession,
  login: LoginRecord
): (LinkAccount & { key: string })[] {
  const item = session.update ? plaid.items.get(session.update.itemId) : undefined
  const day = item?.through ?? today(plaid)
  const data = generateData(
    {
      seed: plaid.options.seed ?? 'pangea',
      institutionId: login.institutionId,
      clientUserId: item?.clientUserId ?? session.userId,
      username: item?.username ?? login.username,
      custom: item?.custom ?? login.custom,
      linkedOn: item?.linkedOn ?? day
    },
    day
  )
  const generation = item ? item.generation + 1 : 0
  return data.accounts
    .filter((account) => isShown(account, session))
    .map((account) => ({
      key: account.key,
      id:
        item?.accounts.find((own) => own.key === account.key)?.id ??
        accountIdFor(login.itemId, account.key, generation),
      name: account.name,
      mask: account.mask,
      type: account.type,
      subtype: account.subtype,
      balance: account.fixed ? account.fixed.current : balanceAt(account, data.postings, day),
      currency: account.currency
    }))
}
