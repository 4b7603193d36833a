import {
  CountryCode,
  type PlaidApi,
  Products,
  SandboxItemFireWebhookRequestWebhookCodeEnum
} from 'plaid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import * as ask from '@/tests/contract/plaid/target'
import { BANK, openTarget, type Target } from '@/tests/contract/plaid/target'

let target: Target
let plaid: PlaidApi
let check: SchemaCheck
beforeAll(async () => {
  target = await openTarget()
  plaid = target.plaid
  check = target.check
}, 60_000)
afterAll(() => target.close())

const link = (options?: Parameters<typeof ask.link>[1]) => ask.link(target, options)
const refusal = (call: Promise<unknown>) => ask.refusal(target, call)

const linkRequest = {
  client_name: 'Pangea',
  language: 'en',
  country_codes: [CountryCode.Us],
  user: { client_user_id: 'user_contract' },
  products: [Products.Transactions],
  transactions: { days_requested: 730 }
}

describe('Link tokens', () => {
  it('are created for a user and can be read', async () => {
    const made = await plaid.linkTokenCreate(linkRequest)
    check('LinkTokenCreateResponse', made.data)
    expect(made.data.link_token).toMatch(/^link-sandbox-/)
    const hours = (Date.parse(made.data.expiration) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(3.9)
    expect(hours).toBeLessThan(4.1)
    const found = await plaid.linkTokenGet({ link_token: made.data.link_token })
    check('LinkTokenGetResponse', found.data)
    expect(found.data.metadata.initial_products).toEqual(['transactions'])
  })

  it('for update mode take the access token and no products, and last half an hour', async () => {
    const { access_token } = await link()
    const { products: _none, ...update } = linkRequest
    const made = await plaid.linkTokenCreate({ ...update, access_token })
    const minutes = (Date.parse(made.data.expiration) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(25)
    expect(minutes).toBeLessThan(35)
  })

  it('are refused without products or with an unknown field', async () => {
    const { products: _none, ...without } = linkRequest
    expect(['MISSING_FIELDS', 'INVALID_FIELD']).toContain(
      await refusal(plaid.linkTokenCreate(without))
    )
    expect(await refusal(plaid.linkTokenCreate({ ...linkRequest, ...{ colour: 'blue' } }))).toBe(
      'UNKNOWN_FIELDS'
    )
  })
})

describe('institutions', () => {
  it('can be listed, searched and read by id', async () => {
    const list = await plaid.institutionsGet({
      count: 5,
      offset: 0,
      country_codes: [CountryCode.Us]
    })
    check('InstitutionsGetResponse', list.data)
    expect(list.data.institutions).toHaveLength(5)
    const found = await plaid.institutionsSearch({
      query: 'Platypus',
      country_codes: [CountryCode.Us],
      products: [Products.Transactions]
    })
    check('InstitutionsSearchResponse', found.data)
    expect(found.data.institutions.length).toBeGreaterThan(0)
    const one = await plaid.institutionsGetById({
      institution_id: BANK,
      country_codes: [CountryCode.Us],
      options: { include_optional_metadata: true }
    })
    check('InstitutionsGetByIdResponse', one.data)
    expect(one.data.institution.name).toContain('Platypus')
  })

  it('are refused when they do not exist', async () => {
    expect(
      await refusal(
        plaid.institutionsGetById({ institution_id: 'ins_0', country_codes: [CountryCode.Us] })
      )
    ).toBe('INVALID_INSTITUTION')
  })
})

describe('an Item', () => {
  it('returns its data, accounts, numbers and owners', async () => {
    const { access_token, itemId } = await link()
    const item = await plaid.itemGet({ access_token })
    check('ItemGetResponse', item.data)
    expect(item.data.item).toMatchObject({ item_id: itemId, institution_id: BANK, error: null })
    const accounts = await plaid.accountsGet({ access_token })
    check('AccountsGetResponse', accounts.data)
    expect(new Set(accounts.data.accounts.map((account) => account.type)).size).toBeGreaterThan(2)
    const first = accounts.data.accounts[0]?.account_id ?? ''
    const one = await plaid.accountsBalanceGet({ access_token, options: { account_ids: [first] } })
    check('AccountsGetResponse', one.data)
    expect(one.data.accounts.map((account) => account.account_id)).toEqual([first])
    const auth = await plaid.authGet({ access_token })
    check('AuthGetResponse', auth.data)
    expect(auth.data.numbers.ach[0]?.routing).toMatch(/^\d{9}$/)
    const identity = await plaid.identityGet({ access_token })
    check('IdentityGetResponse', identity.data)
    expect(identity.data.accounts[0]?.owners[0]?.names[0]).toBeTruthy()
    const [owner] = identity.data.accounts[0]?.owners ?? []
    const match = await plaid.identityMatch({
      access_token,
      user: { legal_name: owner?.names[0] ?? null, email_address: 'other@example.com' }
    })
    check('IdentityMatchResponse', match.data)
    expect(match.data.accounts[0]).toMatchObject({
      legal_name: { score: 100 },
      email_address: { score: 0 },
      address: { score: null, is_postal_code_match: null }
    })
  })

  it('is created by a public token that works once', async () => {
    const { publicToken } = await link()
    expect(await refusal(plaid.itemPublicTokenExchange({ public_token: publicToken }))).toBe(
      'INVALID_PUBLIC_TOKEN'
    )
  })

  it('gets a new access token that invalidates the old one', async () => {
    const { access_token } = await link()
    const rotated = await plaid.itemAccessTokenInvalidate({ access_token })
    check('ItemAccessTokenInvalidateResponse', rotated.data)
    expect(await refusal(plaid.itemGet({ access_token }))).toBe('INVALID_ACCESS_TOKEN')
    await plaid.itemGet({ access_token: rotated.data.new_access_token })
  })

  it('needs a new login after reset_login, and shows that error', async () => {
    const { access_token } = await link()
    check(
      'SandboxItemResetLoginResponse',
      (await plaid.sandboxItemResetLogin({ access_token })).data
    )
    expect(await refusal(plaid.accountsBalanceGet({ access_token }))).toBe('ITEM_LOGIN_REQUIRED')
    const { data } = await plaid.itemGet({ access_token })
    check('ItemGetResponse', data)
    expect(data.item.error?.error_code).toBe('ITEM_LOGIN_REQUIRED')
  })

  it('changes its webhook address; firing without one is refused', async () => {
    const { access_token } = await link()
    const fire = () =>
      plaid.sandboxItemFireWebhook({
        access_token,
        webhook_code: SandboxItemFireWebhookRequestWebhookCodeEnum.DefaultUpdate
      })
    expect(await refusal(fire())).toBe('SANDBOX_WEBHOOK_INVALID')
    const updated = await plaid.itemWebhookUpdate({
      access_token,
      webhook: 'http://127.0.0.1:9/webhooks'
    })
    check('ItemWebhookUpdateResponse', updated.data)
    expect(updated.data.item.webhook).toBe('http://127.0.0.1:9/webhooks')
    check('SandboxItemFireWebhookResponse', (await fire()).data)
  })

  it('is gone after removal', async () => {
    const { access_token } = await link()
    check('ItemRemoveResponse', (await plaid.itemRemove({ access_token })).data)
    expect(['ITEM_NOT_FOUND', 'INVALID_ACCESS_TOKEN']).toContain(
      await refusal(plaid.accountsGet({ access_token }))
    )
  })
})
