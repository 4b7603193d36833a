import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as AccountService from '@/lib/services/plaid'
import { plaid as programme } from '@/pangea.config'
import { userActor } from '@/tests/support/actors'
import { withEnvironment } from '@/tests/support/environment'
import {
  ACCESS_TOKEN,
  integrationErrorOf,
  plaidError,
  startScriptedPlaid
} from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const context = { userId: 'u1', connectionId: 'c1' }
const ok = (body: Record<string, unknown> = {}) =>
  plaid.answer(() => ({ body: { ...body, request_id: 'req-1' } }))

describe('linkAccount', () => {
  const answer = { link_token: 'link-sandbox-1', expiration: '2026-11-21T16:00:00Z' }

  it('requests two years of history, for our products, on behalf of our user', async () => {
    ok(answer)
    const token = await AccountService.linkAccount(userActor('user_1', 'sess_1'), {
      webhookUrl: 'http://localhost:3000/api/webhooks/plaid',
      redirectUri: null
    })
    expect(token).toEqual({ linkToken: 'link-sandbox-1', expiresAt: '2026-11-21T16:00:00.000Z' })
    expect(plaid.asked[0]).toMatchObject({ path: '/link/token/create' })
    expect(plaid.asked[0]?.body).toEqual({
      client_name: 'Pangea',
      language: 'en',
      country_codes: ['US'],
      products: ['transactions'],
      user: { client_user_id: 'user_1' },
      webhook: 'http://localhost:3000/api/webhooks/plaid',
      transactions: { days_requested: 730 }
    })
  })

  it.each([
    ['investments', 'investments'],
    ['mortgage', 'liabilities']
  ] as const)(
    'requests %s for a login without everyday accounts, and transactions only if there are any',
    async (kind, product) => {
      ok(answer)
      await AccountService.linkAccount(userActor('user_1'), {
        webhookUrl: 'https://a.example/w',
        kind
      })
      expect(plaid.asked[0]?.body).toMatchObject({
        products: [product],
        required_if_supported_products: ['transactions']
      })
    }
  )

  it.each([
    ['everyday', ['identity']],
    // Identity is in its other list.
    ['application', undefined]
  ] as const)('asks for consent to compare the owner later, for %s', async (kind, consented) => {
    programme.compareOwners = true
    try {
      ok(answer)
      await AccountService.linkAccount(userActor('user_1'), {
        webhookUrl: 'https://a.example/w',
        kind
      })
      expect(plaid.asked[0]?.body.additional_consented_products).toEqual(consented)
    } finally {
      programme.compareOwners = false
    }
  })

  it('includes the return address when there is one', async () => {
    ok(answer)
    await AccountService.linkAccount(userActor('user_1'), {
      webhookUrl: 'https://a.example/w',
      redirectUri: 'https://a.example/connections/return'
    })
    expect(plaid.asked[0]?.body.redirect_uri).toBe('https://a.example/connections/return')
  })

  it('refuses a response without a token', async () => {
    ok({ expiration: '2026-11-21T16:00:00Z' })
    expect(
      await integrationErrorOf(
        AccountService.linkAccount(userActor('user_1'), { webhookUrl: 'https://a.example/w' })
      )
    ).toMatchObject({ code: 'BAD_RESPONSE' })
  })
})

describe('relinkAccount', () => {
  const answer = { link_token: 'link-sandbox-2', expiration: '2026-11-21T12:30:00Z' }
  const asked = { accessToken: ACCESS_TOKEN, redirectUri: null, additionalProducts: ['identity'] }

  it('requests update mode, with account selection, for the current countries and the products that lack consent', async () => {
    ok(answer)
    const answered = await withEnvironment({ PLAID_COUNTRY_CODES: 'US,CA,GB' }, () =>
      AccountService.relinkAccount(context, asked)
    )
    expect(answered).toEqual({ linkToken: 'link-sandbox-2', expiresAt: '2026-11-21T12:30:00.000Z' })
    expect(plaid.asked[0]?.body).toEqual({
      client_name: 'Pangea',
      language: 'en',
      country_codes: ['US', 'CA', 'GB'],
      user: { client_user_id: 'u1' },
      access_token: ACCESS_TOKEN,
      update: { account_selection_enabled: true },
      additional_consented_products: ['identity']
    })
  })
})

describe('exchange', () => {
  it('returns the access token and the Item', async () => {
    ok({ access_token: ACCESS_TOKEN, item_id: 'item-1' })
    expect(await AccountService.exchangePublicToken(userActor('user_1'), 'public-1')).toEqual({
      accessToken: ACCESS_TOKEN,
      plaidItemId: 'item-1'
    })
    expect(plaid.asked[0]).toMatchObject({
      path: '/item/public_token/exchange',
      body: { public_token: 'public-1' }
    })
  })

  it('is never retried, because the first attempt may have succeeded', async () => {
    plaid.answer(() => 'cut')
    expect(
      await integrationErrorOf(AccountService.exchangePublicToken(userActor('user_1'), 'public-1'))
    ).toMatchObject({
      code: 'UNREACHABLE'
    })
    expect(plaid.asked).toHaveLength(1)
  })
})

describe('remove', () => {
  it.each([
    'ITEM_NOT_FOUND',
    'INVALID_ACCESS_TOKEN',
    'ITEM_CONCURRENTLY_DELETED',
    'USER_PERMISSION_REVOKED'
  ])('is complete when Plaid returns %s', async (code) => {
    plaid.answer(() => plaidError('ITEM_ERROR', code))
    await AccountService.removeItem(context, ACCESS_TOKEN)
    expect(plaid.asked.map(({ path }) => path)).toEqual(['/item/remove'])
  })

  it('is incomplete when Plaid’s response is unknown', async () => {
    plaid.answer(() => plaidError('RATE_LIMIT_EXCEEDED', 'RATE_LIMIT', 429))
    expect(
      await integrationErrorOf(AccountService.removeItem(context, ACCESS_TOKEN))
    ).toMatchObject({
      code: 'RATE_LIMIT',
      retryable: true
    })
  })
})

describe('updateWebhook', () => {
  it('sends Plaid the new address', async () => {
    ok({ item: { item_id: 'item-1' } })
    await AccountService.updateWebhook(context, ACCESS_TOKEN, 'https://b.example/w')
    expect(plaid.asked[0]).toMatchObject({
      path: '/item/webhook/update',
      body: { access_token: ACCESS_TOKEN, webhook: 'https://b.example/w' }
    })
  })
})

describe('getInstitution', () => {
  it('requests the logo and colour too', async () => {
    ok({ institution: { institution_id: 'ins_1', name: 'Bank', logo: 'iVBORw0KGgo=' } })
    expect(await AccountService.getInstitution('ins_1')).toEqual({
      id: 'ins_1',
      name: 'Bank',
      logo: 'iVBORw0KGgo='
    })
    expect(plaid.asked[0]?.body).toEqual({
      institution_id: 'ins_1',
      country_codes: ['US'],
      options: { include_optional_metadata: true }
    })
  })
})

describe('compareOwners', () => {
  const asked = { legalName: 'Ada Okafor', accountIds: ['a', 'b', 'c', 'd'] }

  it('sends the name and nothing else about the user, and returns no score', async () => {
    ok({
      accounts: [
        { account_id: 'a', legal_name: { score: 70 } },
        { account_id: 'b', legal_name: { score: 69 } },
        { account_id: 'c', legal_name: { score: null } },
        { account_id: 'd', legal_name: null }
      ]
    })
    expect(await AccountService.compareOwners(context, ACCESS_TOKEN, asked)).toEqual([
      { plaidAccountId: 'a', ownerMatch: 'same' },
      { plaidAccountId: 'b', ownerMatch: 'different' }
    ])
    expect(plaid.asked[0]).toMatchObject({
      path: '/identity/match',
      body: { user: { legal_name: 'Ada Okafor' }, options: { account_ids: asked.accountIds } }
    })
  })
})
