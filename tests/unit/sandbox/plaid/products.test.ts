/**
 * Institutions and accounts that Link offers, by its products (contracts: Plaid,
 * `LinkTokenAccountFilters`).
 */
import { describe, expect, it } from 'vitest'
import { openPlaidEmulator } from '@/tests/support/plaid/emulator'

const BROKERAGE = 'ins_900002'
const MORTGAGE = 'ins_900003'
type Wanted = Record<string, unknown>

async function visit(
  wanted: Wanted,
  institutionId = 'ins_109508',
  password = 'pass_good',
  username = 'user_good'
) {
  const emulator = openPlaidEmulator()
  const request = {
    client_name: 'Pangea',
    language: 'en',
    country_codes: ['US'],
    user: { client_user_id: 'user_1' },
    ...wanted
  }
  const linkToken = String((await emulator.call('/link/token/create', request)).link_token)
  const session = emulator.state.findLinkToken(linkToken)
  const banks = emulator.state
    .listInstitutions({ countryCodes: ['US'], products: session?.products ?? [] })
    .map(({ id }) => id)
  const signIn = () => emulator.state.login({ linkToken, institutionId, username, password })
  const accounts = () => {
    const { outcome } = signIn()
    return outcome.kind === 'ok'
      ? outcome.accounts
      : outcome.kind === 'error'
        ? outcome.error.error_code
        : 'MFA'
  }
  const finish = async (choose: (account: { type: string; subtype: string | null }) => boolean) => {
    const { loginId, outcome } = signIn()
    const accountIds =
      outcome.kind === 'ok' ? outcome.accounts.filter(choose).map(({ id }) => id) : []
    const { publicToken } = emulator.state.finishNew({ linkToken, loginId, accountIds })
    const token = String(
      (await emulator.call('/item/public_token/exchange', { public_token: publicToken }))
        .access_token
    )
    return {
      token,
      item: (await emulator.call('/item/get', { access_token: token })).item as Record<
        string,
        unknown
      >
    }
  }
  return { emulator, banks, accounts, finish }
}
const subtypes = (accounts: string | { subtype: string | null }[]) =>
  typeof accounts === 'string' ? accounts : accounts.map(({ subtype }) => subtype)

describe('Link', () => {
  it('shows every account of a bank when it is opened for transactions', async () => {
    const { accounts } = await visit({
      products: ['transactions'],
      additional_consented_products: ['auth']
    })
    expect(subtypes(accounts())).toEqual(['checking', 'savings', 'credit card', 'ira', 'student'])
  })

  it('shows only checking, savings and cash management accounts when auth is among its products', async () => {
    const { accounts } = await visit({ products: ['transactions', 'auth'] })
    expect(subtypes(accounts())).toEqual(['checking', 'savings'])
  })

  it('shows only the account types of a filter', async () => {
    const { accounts } = await visit({
      products: ['transactions'],
      account_filters: {
        credit: { account_subtypes: ['all'] },
        loan: { account_subtypes: ['student'] }
      }
    })
    expect(subtypes(accounts())).toEqual(['credit card', 'student'])
  })

  it('offers only banks that support every required product', async () => {
    expect((await visit({ products: ['transactions'] })).banks).not.toContain(BROKERAGE)
    expect(
      (await visit({ products: ['investments'], required_if_supported_products: ['transactions'] }))
        .banks
    ).toContain(BROKERAGE)
    expect(
      (await visit({ products: ['liabilities'], optional_products: ['transactions'] })).banks
    ).toContain(MORTGAGE)
  })

  it.each([
    'signal',
    'statements',
    'assets',
    'transfer',
    'income_verification',
    'recurring_transactions'
  ])('links a bank with %s among its products', async (product) => {
    const { banks, finish } = await visit({ products: ['transactions', product] })
    expect(banks).toContain('ins_109508')
    const { item } = await finish(() => true)
    expect(item.billed_products).toEqual(['transactions', product])
  })

  it('refuses a login without a compatible account for each product', async () => {
    const onlyInvestments = JSON.stringify({
      override_accounts: [{ type: 'investment', subtype: 'brokerage' }]
    })
    expect(
      (
        await visit({ products: ['transactions'] }, 'ins_109508', onlyInvestments, 'user_custom')
      ).accounts()
    ).toBe('NO_ACCOUNTS')
    expect(
      subtypes(
        (
          await visit({ products: ['investments'] }, 'ins_109508', onlyInvestments, 'user_custom')
        ).accounts()
      )
    ).toEqual(['brokerage'])
    expect(
      (
        await visit({ products: ['liabilities'] }, 'ins_109508', onlyInvestments, 'user_custom')
      ).accounts()
    ).toBe('NO_ACCOUNTS')
  })

  it('refuses a choice without a compatible account for each product', async () => {
    const { finish } = await visit({ products: ['transactions'] })
    await expect(finish(({ type }) => type === 'investment')).rejects.toThrow('NO_ACCOUNTS')
  })

  it.each([
    ['products', 'required_if_supported_products'],
    ['products', 'optional_products'],
    ['products', 'additional_consented_products'],
    ['required_if_supported_products', 'additional_consented_products']
  ])('accepts no product in both %s and %s', async (one, other) => {
    await expect(
      visit({ products: ['auth'], [one]: ['transactions'], [other]: ['transactions'] })
    ).rejects.toThrow('INVALID_FIELD')
  })
})

describe('the Item', () => {
  it('has the requested products, and optional ones only with an account for them', async () => {
    const wanted = { products: ['investments'], required_if_supported_products: ['transactions'] }
    const all = await (await visit(wanted)).finish(() => true)
    expect(all.item).toMatchObject({
      products: ['investments', 'transactions'],
      billed_products: ['investments', 'transactions']
    })
    const some = await (await visit(wanted)).finish(({ type }) => type === 'investment')
    expect(some.item).toMatchObject({
      products: ['investments'],
      consented_products: ['investments', 'transactions']
    })
  })

  it('refuses a product without consent, and one it has no account for', async () => {
    const { emulator, finish } = await visit({
      products: ['transactions'],
      additional_consented_products: ['identity']
    })
    const { token } = await finish(() => true)
    await expect(emulator.call('/auth/get', { access_token: token })).rejects.toThrow(
      'ADDITIONAL_CONSENT_REQUIRED'
    )
    expect(await emulator.call('/identity/get', { access_token: token })).toMatchObject({
      item: { billed_products: ['transactions', 'identity'] }
    })
    const brokerage = await visit({
      products: ['investments'],
      additional_consented_products: ['transactions']
    })
    const { token: other } = await brokerage.finish(({ type }) => type === 'investment')
    await expect(brokerage.emulator.sync(other)).rejects.toThrow('PRODUCTS_NOT_SUPPORTED')
  })
})
