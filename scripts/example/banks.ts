/** The result of Plaid Link after a user chose a bank, from Plaid's sandbox endpoints. */
import { Configuration, PlaidApi, Products } from 'plaid'
import type { Client } from '@/lib/client'
import { setting } from '@/scripts/example/settings'

const BANK = 'ins_109508'

const plaidClient = (clientId: string, secret: string) =>
  new PlaidApi(
    new Configuration({
      basePath: setting('PLAID_BASE_URL'),
      baseOptions: { headers: { 'PLAID-CLIENT-ID': clientId, 'PLAID-SECRET': secret } }
    })
  )

/** @param days of history; Plaid's default is 90. @returns a public token, for the app. */
export async function chooseBank(
  products = [Products.Transactions],
  { institution = BANK, days = 90 } = {}
): Promise<string> {
  const plaid = plaidClient(setting('PLAID_CLIENT_ID'), setting('PLAID_SECRET'))
  const { data } = await plaid.sandboxPublicTokenCreate({
    institution_id: institution,
    initial_products: products,
    options: {
      webhook: `${setting('APP_URL')}/api/webhooks/plaid`,
      ...(products.includes(Products.Transactions)
        ? { transactions: { days_requested: days } }
        : {})
    }
  })
  return data.public_token
}

type FundingBank = Parameters<Client['postAccountCounterparties']>[0]['body']

/** A bank for transfers: chosen in Jiko's own Link window. */
export async function chooseFundingBank(): Promise<FundingBank> {
  const plaid = plaidClient(setting('JIKO_PLAID_CLIENT_ID'), setting('JIKO_PLAID_SECRET'))
  const chosen = await plaid.sandboxPublicTokenCreate({
    institution_id: BANK,
    initial_products: [Products.Auth],
    options: { override_username: 'user_good', override_password: 'pass_good' }
  })
  const exchanged = await plaid.itemPublicTokenExchange({ public_token: chosen.data.public_token })
  const { access_token } = exchanged.data
  const { accounts } = (await plaid.accountsGet({ access_token })).data
  const checking = accounts.find(({ subtype }) => subtype === 'checking')
  if (!checking) throw new Error('The bank has no checking account.')
  return {
    public_token: (await plaid.itemCreatePublicToken({ access_token })).data.public_token,
    institution_id: BANK,
    accounts: [{ id: checking.account_id, name: checking.name }]
  }
}
