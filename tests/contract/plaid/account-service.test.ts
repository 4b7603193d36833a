import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { toMoney } from '@/lib/domain/money/money'
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
      door: 'fire_webhook',
      code: 'NEW_ACCOUNTS_AVAILABLE'
    })
    expect(
      await integrationErrorOf(
        AccountService.runSandboxAction(context, accessToken, {
          door: 'fire_webhook',
          code: 'NO_SUCH_CODE'
        }),
        accessToken
      )
    ).toMatchObject({
      retryable: false
    })
    await AccountService.runSandboxAction(context, accessToken, { door: 'reset_login' })
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

describe('transaction sync', () => {
  it('keeps no cursor until Plaid has data', async () => {
    const item = await bank.link()
    expect(await syncAll(item)).toMatchObject({ nextCursor: null, history: 'NOT_READY' })
    await bank.ready()
    const { nextCursor, history, rows } = await syncAll(item)
    expect(nextCursor).toMatch(/\w/)
    expect(history).toBe('HISTORICAL_UPDATE_COMPLETE')
    expect(rows.size).toBeGreaterThan(100)
  })

  it('reads everything over many pages, and then only changes', async () => {
    const item = await bank.link()
    await bank.ready()
    const whole = await syncAll(item)
    await bank.control('/page-size', { size: 50 })
    const paged = await syncAll(item)
    expect(paged.diary.length).toBeGreaterThan(3)
    expect([...paged.rows.keys()].sort()).toEqual([...whole.rows.keys()].sort())
    expect((await syncAll(item, paged.nextCursor)).rows.size).toBe(0)
    await bank.control(`/items/${item.plaidItemId}/transactions`, {
      transactions: [
        { amount: 12.345, name: 'COFFEE' },
        { amount: -800, name: 'REFUND' }
      ]
    })
    const news = [...(await syncAll(item, paged.nextCursor)).rows.values()].map(
      ({ name, amount }) => [name, amount.minor]
    )
    expect(news.sort()).toEqual([
      ['COFFEE', -1_235n],
      ['REFUND', 80_000n]
    ])
  })

  it.each(['ins_109508', 'ins_109510', 'ins_43', 'ins_900001'])(
    'of %s inverts every sign exactly once',
    async (institution) => {
      const item = await bank.link(institution)
      await bank.ready()
      const { rows } = await syncAll(item)
      const theirs = await sumAtPlaid(item.accessToken)
      const ours: Record<string, bigint> = {}
      for (const { amount } of rows.values())
        ours[amount.currency] = (ours[amount.currency] ?? 0n) + amount.minor
      expect(rows.size).toBeGreaterThan(10)
      expect(ours).toEqual(
        Object.fromEntries(Object.entries(theirs).map(([currency, minor]) => [currency, -minor]))
      )
    }
  )

  it('restarts from the first cursor when data changes during pagination', async () => {
    const item = await bank.link()
    await bank.ready()
    const whole = await syncAll(item)
    await bank.control('/page-size', { size: 100 })
    await bank.control(`/items/${item.plaidItemId}/mutate`)
    const restarted = await syncAll(item)
    expect(restarted.diary.filter((line) => line === 'restart')).toHaveLength(1)
    expect(restarted.diary.indexOf('restart')).toBeGreaterThan(0)
    expect([...restarted.rows.keys()].sort()).toEqual([...whole.rows.keys()].sort())
  })

  it('links a posted transaction to its pending one, even across pages', async () => {
    const item = await bank.link()
    await bank.ready()
    const before = await syncAll(item)
    await bank.control(`/items/${item.plaidItemId}/transactions`, {
      transactions: [{ amount: 30, name: 'HOTEL', pending: true }]
    })
    const pending = await syncAll(item, before.nextCursor)
    const [hold] = [...pending.rows.values()].filter(({ name }) => name === 'HOTEL')
    expect(hold).toMatchObject({ pending: true, pendingTransactionId: null })
    await bank.control('/page-size', { size: 1 })
    await bank.control(`/items/${item.plaidItemId}/post-pending`, {
      ids: [hold?.plaidTransactionId]
    })
    const removed: string[] = []
    const added: SyncedTransaction[] = []
    for await (const { page } of AccountService.readChanges(
      context,
      item.accessToken,
      pending.nextCursor
    )) {
      removed.push(...page.removed)
      added.push(...page.added)
    }
    expect(removed).toContain(hold?.plaidTransactionId)
    expect(
      added.find(({ pendingTransactionId }) => pendingTransactionId === hold?.plaidTransactionId)
    ).toMatchObject({ pending: false, name: 'HOTEL' })
  })
})

describe('webhooks', () => {
  it('carry a signature that is valid for their exact bytes only', async () => {
    const item = await bank.link()
    const { raw, headers } = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    const { dedupeKey } = await AccountService.verifyWebhook(raw, headers)
    expect(dedupeKey).toMatch(/^[0-9a-f]{64}$/)
    const compact = new TextEncoder().encode(
      JSON.stringify(JSON.parse(new TextDecoder().decode(raw)))
    )
    await expect(AccountService.verifyWebhook(compact, headers)).rejects.toMatchObject({
      code: 'bad_signature'
    })
  })

  it('are still verified after Plaid rotates its key', async () => {
    const item = await bank.link()
    const before = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    await AccountService.verifyWebhook(before.raw, before.headers)
    await bank.control('/rotate-key')
    const after = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    await expect(AccountService.verifyWebhook(after.raw, after.headers)).resolves.toBeDefined()
  })

  it.each([
    ['SYNC_UPDATES_AVAILABLE', 'request_sync'],
    ['DEFAULT_UPDATE', 'request_sync'],
    ['LOGIN_REPAIRED', 'check_item'],
    ['PENDING_DISCONNECT', 'check_item'],
    ['PENDING_EXPIRATION', 'check_item'],
    ['USER_PERMISSION_REVOKED', 'check_item'],
    ['NEW_ACCOUNTS_AVAILABLE', 'offer_accounts'],
    ['USER_ACCOUNT_REVOKED', 'check_account']
  ])('%s has the effect %s', async (code, kind) => {
    const item = await bank.link()
    const { raw } = await bank.fireWebhook(item, code)
    expect(AccountService.parseWebhook(raw)).toMatchObject({
      code,
      vendorObjectId: item.plaidItemId,
      effects: [{ kind, plaidItemId: item.plaidItemId }]
    })
  })
})

/** Plaid's own sums, from its other endpoint, in minor units per currency. */
async function sumAtPlaid(access_token: string): Promise<Record<string, bigint>> {
  const sums: Record<string, bigint> = {}
  for (let offset = 0, total = 1; offset < total; offset += 500) {
    const answer = await bank.post('/transactions/get', {
      access_token,
      start_date: '2000-01-01',
      end_date: '2100-01-01',
      options: { count: 500, offset }
    })
    total = Number(answer.total_transactions)
    for (const {
      amount,
      iso_currency_code,
      unofficial_currency_code
    } of answer.transactions as Record<string, string>[]) {
      const { minor, currency } = toMoney(
        String(amount),
        iso_currency_code ?? unofficial_currency_code ?? 'XXX'
      )
      sums[currency] = (sums[currency] ?? 0n) + minor
    }
  }
  return sums
}
