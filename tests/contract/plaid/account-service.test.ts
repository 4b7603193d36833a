import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as AccountService from '@/lib/services/plaid'
import {
  ada,
  context,
  integrationErrorOf,
  openPlaidFixture,
  type PlaidFixture,
  syncAll
} from '@/tests/support/plaid/account-service'

let bank: PlaidFixture
beforeAll(async () => {
  bank = await openPlaidFixture()
})
afterAll(() => bank.close())
beforeEach(() => bank.reset())

describe('linking', () => {
  it('creates a Link token that lasts four hours', async () => {
    const { linkToken, expiresAt } = await AccountService.linkAccount(ada, {
      webhookUrl: bank.webhookUrl,
      redirectUri: 'http://localhost:3000/connections/return'
    })
    expect(linkToken).toMatch(/^link-sandbox-/)
    const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(3.9)
    expect(hours).toBeLessThan(4.1)
  })

  it('reports that Plaid refuses the redirect address', async () => {
    const error = await integrationErrorOf(
      AccountService.linkAccount(ada, {
        webhookUrl: bank.webhookUrl,
        redirectUri: 'http://elsewhere.example/?x=1'
      })
    )
    expect(error).toMatchObject({
      type: 'INVALID_REQUEST',
      code: 'INVALID_FIELD',
      retryable: false,
      requestId: expect.stringMatching(/\w/)
    })
  })

  it('exchanges a public token once', async () => {
    const token = await bank.publicToken()
    const { accessToken, plaidItemId } = await AccountService.exchangePublicToken(ada, token)
    expect(accessToken).toMatch(/^access-sandbox-/)
    expect(plaidItemId).toMatch(/\w{10}/)
    expect(
      await integrationErrorOf(AccountService.exchangePublicToken(ada, token), token)
    ).toMatchObject({
      code: 'INVALID_PUBLIC_TOKEN',
      retryable: false,
      outage: false
    })
  })
})

describe('an Item', () => {
  it('is read from Plaid, healthy and broken', async () => {
    const item = await bank.link()
    expect(await AccountService.getItem(context, item.accessToken)).toMatchObject({
      plaidItemId: item.plaidItemId,
      institutionId: 'ins_109508',
      webhook: bank.webhookUrl,
      errorType: null,
      errorCode: null,
      consentExpiresAt: null
    })
    await bank.control(`/items/${item.plaidItemId}/reset-login`)
    expect(await AccountService.getItem(context, item.accessToken)).toMatchObject({
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOGIN_REQUIRED'
    })
    expect(await integrationErrorOf(syncAll(item), item.accessToken)).toMatchObject({
      type: 'ITEM_ERROR',
      code: 'ITEM_LOGIN_REQUIRED',
      retryable: false,
      outage: false
    })
  })

  it('has accounts, each with balances in its own currency', async () => {
    const accounts = await AccountService.listAccounts(context, (await bank.link()).accessToken)
    const checking = accounts.find(({ mask }) => mask === '0000')
    expect(checking).toMatchObject({
      type: 'depository',
      subtype: 'checking',
      current: { currency: 'USD', minor: expect.any(BigInt) }
    })
    const card = accounts.find(({ type }) => type === 'credit')
    expect(card?.current?.minor).toBeGreaterThan(0n)
  })

  it('sends its webhooks to a changed address', async () => {
    const item = await bank.link()
    await AccountService.updateWebhook(context, item.accessToken, `${bank.webhookUrl}/other`)
    expect((await AccountService.getItem(context, item.accessToken)).webhook).toBe(
      `${bank.webhookUrl}/other`
    )
  })

  it('gets an update-mode Link token for half an hour, and none once it is removed', async () => {
    const { accessToken } = await bank.link()
    const asked = { accessToken, redirectUri: null, additionalProducts: [] }
    const { linkToken, expiresAt } = await AccountService.relinkAccount(context, asked)
    expect(linkToken).toMatch(/^link-sandbox-/)
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(25)
    expect(minutes).toBeLessThan(35)
    await AccountService.removeItem(context, accessToken)
    const error = await integrationErrorOf(
      AccountService.relinkAccount(context, asked),
      accessToken
    )
    expect(['ITEM_NOT_FOUND', 'INVALID_ACCESS_TOKEN']).toContain(error.code)
  })

  it('can be broken and sends a webhook through Plaid’s sandbox endpoints', async () => {
    const { accessToken } = await bank.link()
    await bank.ready()
    await AccountService.runSandboxAction(context, accessToken, {
      kind: 'fire_webhook',
      code: 'NEW_ACCOUNTS_AVAILABLE'
    })
    expect(
      await integrationErrorOf(
        AccountService.runSandboxAction(context, accessToken, {
          kind: 'fire_webhook',
          code: 'NO_SUCH_CODE'
        }),
        accessToken
      )
    ).toMatchObject({
      retryable: false
    })
    await AccountService.runSandboxAction(context, accessToken, { kind: 'reset_login' })
    expect(await AccountService.getItem(context, accessToken)).toMatchObject({
      errorCode: 'ITEM_LOGIN_REQUIRED'
    })
  })

  it('can be removed, and removed again', async () => {
    const { accessToken } = await bank.link()
    await AccountService.removeItem(context, accessToken)
    await AccountService.removeItem(context, accessToken)
    const error = await integrationErrorOf(
      AccountService.getItem(context, accessToken),
      accessToken
    )
    expect(['ITEM_NOT_FOUND', 'INVALID_ACCESS_TOKEN']).toContain(error.code)
  })

  it('belongs to an institution with a name and logo', async () => {
    expect(await AccountService.getInstitution('ins_109508')).toMatchObject({
      id: 'ins_109508',
      name: 'First Platypus Bank',
      logo: expect.stringMatching(/^iVBOR/)
    })
    expect(await integrationErrorOf(AccountService.getInstitution('ins_0'))).toMatchObject({
      code: 'INVALID_INSTITUTION',
      retryable: false
    })
  })
})
