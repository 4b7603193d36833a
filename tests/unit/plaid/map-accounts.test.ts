import { describe, expect, it } from 'vitest'
import { netValue } from '@/lib/domain/connections/linked-account'
import { toInstitution, toIsoTime, toPlaidItem, toSyncedAccount } from '@/lib/services/plaid/map'
import { parseSyncPage } from '@/lib/services/plaid/parse-rows'
import {
  InstitutionResponse,
  ItemResponse,
  PlaidAccountSchema,
  SyncResponse
} from '@/lib/services/plaid/wire'
import { plaidTransaction } from '@/tests/support/plaid/plaid-transaction'

const plaidAccount = (
  more: Record<string, unknown> = {},
  balances: Record<string, unknown> = {}
) => ({
  account_id: 'a1',
  name: 'Plaid Checking',
  official_name: 'Plaid Gold Checking',
  mask: '0000',
  type: 'depository',
  subtype: 'checking',
  balances: {
    available: 100,
    current: 110.01,
    limit: null,
    iso_currency_code: 'USD',
    unofficial_currency_code: null,
    ...balances
  },
  ...more
})
const account = (more: Record<string, unknown> = {}, balances: Record<string, unknown> = {}) =>
  toSyncedAccount(
    PlaidAccountSchema.parse(JSON.parse(JSON.stringify(plaidAccount(more, balances))))
  )

describe('toAccountSnapshot', () => {
  it('keeps the balances as reported', () => {
    expect(account()).toEqual({
      plaidAccountId: 'a1',
      persistentAccountId: null,
      name: 'Plaid Checking',
      officialName: 'Plaid Gold Checking',
      mask: '0000',
      type: 'depository',
      subtype: 'checking',
      current: { minor: 11_001n, currency: 'USD' },
      available: { minor: 10_000n, currency: 'USD' },
      limit: null
    })
  })

  it('leaves debt positive, so that net worth subtracts it exactly once', () => {
    const card = account({ type: 'credit', subtype: 'credit card' }, { current: 410.25 })
    expect(card.current).toEqual({ minor: 41_025n, currency: 'USD' })
    expect(netValue(card)).toEqual({ minor: -41_025n, currency: 'USD' })
    const overpaid = account({ type: 'credit' }, { current: -20 })
    expect(netValue(overpaid)).toEqual({ minor: 2_000n, currency: 'USD' })
  })

  it('accepts every null that the bank may send', () => {
    const bare = account(
      { mask: null, subtype: null, official_name: null },
      { available: null, current: null, limit: null, iso_currency_code: null }
    )
    expect(bare).toMatchObject({
      mask: null,
      subtype: null,
      officialName: null,
      current: null,
      available: null,
      limit: null
    })
    expect(account({ name: null, official_name: null }).name).toBe('Account')
  })

  it('keeps unknown types, and the id that survives a new link', () => {
    expect(account({ type: 'prediction market', persistent_account_id: 'same-1' })).toMatchObject({
      type: 'prediction market',
      persistentAccountId: 'same-1'
    })
  })
})

describe('toSyncPage', () => {
  const page = {
    accounts: [],
    added: [plaidTransaction()],
    modified: [plaidTransaction({ transaction_id: 't2' })],
    next_cursor: 'c',
    has_more: false
  }
  const answer = {
    ...page,
    removed: [{ transaction_id: 't3', account_id: 'a1' }],
    transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE'
  }

  it('keeps the three lists separate', () => {
    const { added, modified, removed } = parseSyncPage(SyncResponse.parse(answer))
    expect([
      added.map((t) => t.plaidTransactionId),
      modified.map((t) => t.plaidTransactionId),
      removed
    ]).toEqual([['t1'], ['t2'], ['t3']])
  })
})

describe('toItemFacts', () => {
  const item = {
    item_id: 'i1',
    institution_id: 'ins_1',
    institution_name: 'Bank',
    webhook: 'https://a.example',
    error: null,
    consent_expiration_time: null
  }
  const facts = (more: Record<string, unknown> = {}, status: unknown = null) =>
    toPlaidItem(ItemResponse.parse({ item: { ...item, ...more }, status }))

  it('reads a healthy Item', () => {
    expect(
      facts(
        {},
        {
          transactions: { last_successful_update: '2026-03-08T10:00:00Z', last_failed_update: null }
        }
      )
    ).toEqual({
      plaidItemId: 'i1',
      institutionId: 'ins_1',
      institutionName: 'Bank',
      errorType: null,
      errorCode: null,
      consentExpiresAt: null,
      bankDataAt: '2026-03-08T10:00:00.000Z',
      products: [],
      availableProducts: [],
      webhook: 'https://a.example'
    })
  })

  it('reads a broken login and an end of consent', () => {
    const broken = facts({
      error: { error_type: 'ITEM_ERROR', error_code: 'ITEM_LOGIN_REQUIRED', error_message: '…' },
      consent_expiration_time: '2026-04-01T00:00:00Z'
    })
    expect(broken).toMatchObject({
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOGIN_REQUIRED',
      consentExpiresAt: '2026-04-01T00:00:00.000Z'
    })
  })

  it('accepts an Item without institution and status', () => {
    expect(
      facts({ institution_id: null, institution_name: undefined, webhook: null })
    ).toMatchObject({
      institutionId: null,
      institutionName: null,
      bankDataAt: null
    })
    expect(facts({}, { transactions: null }).bankDataAt).toBeNull()
  })
})

describe('toInstitutionInfo', () => {
  const info = (more: Record<string, unknown> = {}) =>
    toInstitution(
      InstitutionResponse.parse({ institution: { institution_id: 'ins_1', name: 'Bank', ...more } })
    )

  it('keeps a bank’s logo and colour', () => {
    expect(info({ logo: 'iVBORw0KGgo=', primary_color: '#1F5f8b' })).toEqual({
      id: 'ins_1',
      name: 'Bank',
      logo: 'iVBORw0KGgo='
    })
  })

  it('keeps nothing that could run on a page', () => {
    expect(info({ logo: '"><script>' })).toMatchObject({ logo: null })
    expect(info()).toMatchObject({ logo: null })
  })
})

describe('instant', () => {
  it.each([
    ['2026-04-01T02:00:00+02:00', '2026-04-01T00:00:00.000Z'],
    ['2026-04-01T00:00:00Z', '2026-04-01T00:00:00.000Z'],
    ['soon', null],
    [null, null]
  ])('reads %j as %j', (text, expected) => expect(toIsoTime(text)).toBe(expected))
})
