import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { toMoney } from '@/lib/domain/money/money'
import * as AccountService from '@/lib/services/plaid'
import {
  context,
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

const unknownItem = async () => false

describe('webhooks', () => {
  it('carry a signature that is valid for their exact bytes only', async () => {
    const item = await bank.link()
    const { raw, headers } = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    const { dedupeKey } = await AccountService.verifyWebhook(raw, headers, unknownItem)
    expect(dedupeKey).toMatch(/^[0-9a-f]{64}$/)
    const compact = new TextEncoder().encode(
      JSON.stringify(JSON.parse(new TextDecoder().decode(raw)))
    )
    await expect(AccountService.verifyWebhook(compact, headers, unknownItem)).rejects.toMatchObject(
      {
        code: 'bad_signature'
      }
    )
  })

  it('are still verified after Plaid rotates its key', async () => {
    const item = await bank.link()
    const before = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    await AccountService.verifyWebhook(before.raw, before.headers, unknownItem)
    await bank.control('/rotate-key')
    const after = await bank.fireWebhook(item, 'DEFAULT_UPDATE')
    await expect(
      AccountService.verifyWebhook(after.raw, after.headers, unknownItem)
    ).resolves.toBeDefined()
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
