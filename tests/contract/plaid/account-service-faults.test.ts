import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as AccountService from '@/lib/services/plaid'
import {
  ada,
  context,
  type Item,
  integrationErrorOf,
  type Json,
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

describe('a Plaid fault', () => {
  const SYNC = '/transactions/sync'
  let item: Item
  beforeEach(async () => {
    item = await bank.link()
    await bank.ready()
  })

  it.each<[string, Json]>([
    ['a rate limit that says when to come back', { kind: '429' }],
    ['a fault of Plaid’s', { kind: '500' }],
    ['maintenance of a moment', { kind: 'html' }],
    ['an answer cut short', { kind: 'truncated' }],
    ['a dropped line', { kind: 'reset' }],
    ['a line dropped after Plaid did the work', { kind: 'timeout_after_commit', delay: 20 }]
  ])('that is transient is retried silently: %s', async (_, { kind, ...more }) => {
    const whole = await syncAll(item)
    await bank.fault(String(kind), SYNC, more)
    expect((await syncAll(item)).rows.size).toBe(whole.rows.size)
  })

  it.each<[string, Json, object]>([
    [
      '500',
      {},
      { code: 'INTERNAL_SERVER_ERROR', type: 'API_ERROR', retryable: true, outage: true }
    ],
    ['503', {}, { code: 'PLANNED_MAINTENANCE', type: 'API_ERROR', retryable: true, outage: true }],
    [
      '429',
      { code: 'ITEM_GET_LIMIT' },
      {
        code: 'ITEM_GET_LIMIT',
        type: 'RATE_LIMIT_EXCEEDED',
        retryable: true,
        outage: false,
        retryAfterMs: 1_000
      }
    ],
    [
      '400',
      { code: 'INSTITUTION_DOWN' },
      { code: 'INSTITUTION_DOWN', type: 'INSTITUTION_ERROR', retryable: true, outage: false }
    ],
    [
      '400',
      { code: 'ITEM_LOCKED' },
      { code: 'ITEM_LOCKED', type: 'ITEM_ERROR', retryable: false, outage: false }
    ],
    ['html', {}, { code: 'BAD_RESPONSE', retryable: true, outage: true }],
    ['truncated', {}, { code: 'BAD_RESPONSE', retryable: true, outage: true }],
    ['reset', {}, { code: 'UNREACHABLE', retryable: true, outage: true }]
  ])(
    '%s %j that persists is reported in our words, without token or secret',
    async (kind, more, expected) => {
      const token = await bank.publicToken()
      await bank.fault(kind, '/item/public_token/exchange', more)
      expect(
        await integrationErrorOf(AccountService.exchangePublicToken(ada, token), token)
      ).toMatchObject({
        service: 'plaid',
        ...expected
      })
    }
  )

  it('that outlasts the retries is reported as retryable', async () => {
    await bank.fault('500', SYNC, { times: 4 })
    expect(await integrationErrorOf(syncAll(item), item.accessToken)).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      retryable: true
    })
    expect((await syncAll(item)).rows.size).toBeGreaterThan(100)
  })

  it('with our own keys is reported as a configuration error', async () => {
    bank.setSecret('wrong-secret')
    try {
      expect(
        await integrationErrorOf(
          AccountService.getItem(context, item.accessToken),
          item.accessToken,
          'wrong-secret'
        )
      ).toMatchObject({
        code: 'INVALID_API_KEYS',
        retryable: false,
        outage: true
      })
    } finally {
      bank.restoreSecret()
    }
  })
})
