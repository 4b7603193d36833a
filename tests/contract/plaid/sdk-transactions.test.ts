import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CountryCode, type PlaidApi, Products } from 'plaid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import * as ask from '@/tests/contract/plaid/target'
import { clientFor, openTarget, type Target } from '@/tests/contract/plaid/target'

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
const historyOf = (accessToken: string) => ask.historyOf(target, accessToken)
const syncAll = (accessToken: string, cursor?: string, count?: number) =>
  ask.syncAll(target, accessToken, cursor, count)
const refusal = (call: Promise<unknown>) => ask.refusal(target, call)

describe('transactions', () => {
  it('are not ready at first: an empty page with that status', async () => {
    const { access_token } = await link()
    const { data } = await plaid.transactionsSync({ access_token })
    check('TransactionsSyncResponse', data)
    expect(data).toMatchObject({
      added: [],
      has_more: false,
      next_cursor: '',
      transactions_update_status: 'NOT_READY'
    })
  })

  it('come in pages, and the same cursor returns the same page again', async () => {
    const { access_token } = await link({ days: 730 })
    const whole = await historyOf(access_token)
    const small = await syncAll(access_token, undefined, 10)
    expect(small.pages.length).toBeGreaterThan(1)
    expect(
      small.pages.every(
        (page) => page.added.length + page.modified.length + page.removed.length <= 10
      )
    ).toBe(true)
    expect(new Set(small.added.map((row) => row.transaction_id))).toEqual(
      new Set(whole.added.map((row) => row.transaction_id))
    )
    const cursor = small.pages[0]?.next_cursor ?? ''
    const again = await syncAll(access_token, cursor, 10)
    expect(again.added.map((row) => row.transaction_id)).toEqual(
      small.pages.slice(1).flatMap((page) => page.added.map((row) => row.transaction_id))
    )
    const rest = await syncAll(access_token, whole.cursor)
    expect(rest.added).toEqual([])
  })

  it('of a refreshed dynamic login change by cursor, not from scratch', async () => {
    const { access_token } = await link({
      username: 'user_transactions_dynamic',
      products: [Products.Transactions]
    })
    const before = await historyOf(access_token)
    const today = new Date().toISOString().slice(0, 10)
    const row = {
      date_transacted: today,
      date_posted: today,
      amount: 12.34,
      description: 'Contract coffee'
    }
    check(
      'SandboxTransactionsCreateResponse',
      (await plaid.sandboxTransactionsCreate({ access_token, transactions: [row] })).data
    )
    const deadline = Date.now() + 60_000
    let next = await syncAll(access_token, before.cursor)
    while (next.added.length === 0 && Date.now() < deadline) {
      await new Promise((again) => setTimeout(again, 1_000))
      next = await syncAll(access_token, before.cursor)
    }
    expect(next.added.some((added) => added.amount === 12.34)).toBe(true)
    const successors = next.added.filter((added) => added.pending_transaction_id)
    const gone = new Set(next.removed.map((removed) => removed.transaction_id))
    for (const successor of successors)
      expect(gone.has(successor.pending_transaction_id ?? '')).toBe(true)
  })

  it('follow a user_custom document', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const document = {
      override_accounts: [
        {
          type: 'depository',
          subtype: 'checking',
          starting_balance: 321.5,
          meta: { name: 'Custom purse', mask: '4321' },
          transactions: [
            {
              date_transacted: today,
              date_posted: today,
              amount: 7.5,
              description: 'CUSTOM TEA',
              currency: 'USD'
            }
          ]
        }
      ]
    }
    const { access_token } = await link({
      username: 'user_custom',
      password: JSON.stringify(document),
      products: [Products.Transactions]
    })
    const { added } = await historyOf(access_token)
    expect(added.find((row) => row.name.toUpperCase().includes('CUSTOM TEA'))?.amount).toBe(7.5)
    const { data } = await plaid.accountsGet({ access_token })
    expect(data.accounts).toMatchObject([{ name: 'Custom purse', mask: '4321' }])
  })

  it('are refused with an invalid cursor', async () => {
    const { access_token } = await link()
    await historyOf(access_token)
    expect(
      await refusal(plaid.transactionsSync({ access_token, cursor: 'bm90IGEgY3Vyc29y' }))
    ).toBe('INVALID_FIELD')
  })
})

describe('errors', () => {
  it('for wrong keys, tokens and webhook keys have their own codes', async () => {
    expect(
      await refusal(
        clientFor(target.base, 'wrong-secret').institutionsGet({
          count: 1,
          offset: 0,
          country_codes: [CountryCode.Us]
        })
      )
    ).toBe('INVALID_API_KEYS')
    expect(
      await refusal(
        plaid.accountsGet({ access_token: 'access-sandbox-00000000-0000-4000-8000-000000000000' })
      )
    ).toBe('INVALID_ACCESS_TOKEN')
    expect(
      await refusal(
        plaid.itemPublicTokenExchange({
          public_token: 'public-sandbox-00000000-0000-4000-8000-000000000000'
        })
      )
    ).toBe('INVALID_PUBLIC_TOKEN')
    expect(
      await refusal(
        plaid.webhookVerificationKeyGet({ key_id: '00000000-0000-4000-8000-000000000000' })
      )
    ).toBe('INVALID_WEBHOOK_VERIFICATION_KEY_ID')
  })
})

describe('this suite', () => {
  let planted: Server
  const page = {
    added: [],
    modified: [],
    removed: [],
    accounts: [],
    has_more: false,
    transactions_update_status: 'NOT_READY',
    request_id: 'r'
  }
  beforeAll(async () => {
    planted = createServer((request, response) => {
      request.resume()
      response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
    })
    await new Promise<void>((ready) => planted.listen(0, '127.0.0.1', ready))
  })
  afterAll(() => new Promise((closed) => planted.close(closed)))

  it('fails a vendor that omits next_cursor', async () => {
    const wrong = clientFor(`http://127.0.0.1:${(planted.address() as AddressInfo).port}`)
    await expect(ask.syncAll({ plaid: wrong, check }, 'access-sandbox-planted')).rejects.toThrow(
      /next_cursor/
    )
  })

  it('fails a wrong type, an unknown enum value and a null response', () => {
    const good = { ...page, next_cursor: '' }
    expect(() => check('TransactionsSyncResponse', good)).not.toThrow()
    expect(() => check('TransactionsSyncResponse', { ...good, has_more: 'no' })).toThrow(/has_more/)
    expect(() =>
      check('TransactionsSyncResponse', { ...good, transactions_update_status: 'SOON' })
    ).toThrow(/transactions_update_status/)
    expect(() => check('PlaidError', null)).toThrow(/not an object/)
  })
})
