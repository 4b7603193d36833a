/** Streams in the shape of Plaid's reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as AccountService from '@/lib/services/plaid'
import { ACCESS_TOKEN, startScriptedPlaid } from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const usd = (amount: number) => ({
  amount,
  iso_currency_code: 'USD',
  unofficial_currency_code: null
})
const stream = (more: object = {}) => ({
  account_id: 'checking',
  stream_id: 'gas',
  description: 'ConEd Bill Payment',
  merchant_name: 'ConEd',
  first_date: '2026-01-05',
  last_date: '2026-03-05',
  predicted_next_date: '2026-04-05',
  frequency: 'MONTHLY',
  transaction_ids: ['t1', 't2', 't3'],
  average_amount: usd(85),
  last_amount: usd(100),
  is_active: true,
  status: 'MATURE',
  personal_finance_category: null,
  is_user_modified: false,
  ...more
})

function read(outflow: unknown[], inflow: unknown[] = []) {
  plaid.answer(() => ({
    body: {
      inflow_streams: inflow,
      outflow_streams: outflow,
      updated_datetime: '2026-03-10T00:00:00Z',
      request_id: 'req-1'
    }
  }))
  return AccountService.listRecurringStreams({ userId: 'u1' }, ACCESS_TOKEN)
}

describe('listRecurringStreams', () => {
  it('reads what comes in and what goes out', async () => {
    const pay = stream({ stream_id: 'pay', frequency: 'SEMI_MONTHLY', last_amount: usd(85) })
    expect(await read([stream()], [pay])).toEqual([
      {
        plaidAccountId: 'checking',
        plaidStreamId: 'pay',
        cadence: 'semimonthly',
        nextOn: '2026-04-05',
        fixed: true,
        plaidTransactionIds: ['t1', 't3']
      },
      {
        plaidAccountId: 'checking',
        plaidStreamId: 'gas',
        cadence: 'monthly',
        nextOn: '2026-04-05',
        fixed: false,
        plaidTransactionIds: ['t1', 't3']
      }
    ])
  })

  it.each([
    ['has stopped', { is_active: false }],
    ['is only suspected', { status: 'EARLY_DETECTION' }],
    ['has no predicted date', { predicted_next_date: null }],
    ['has an unknown frequency', { frequency: 'UNKNOWN' }],
    ['has a frequency that Plaid added', { frequency: 'DAILY' }],
    ['names no transaction', { transaction_ids: [] }],
    ['cannot be read', { account_id: 5 }]
  ])('leaves out a stream that %s', async (_, more) => {
    expect(await read([stream(more), stream()])).toMatchObject([{ plaidStreamId: 'gas' }])
    expect(await read([stream(more)])).toEqual([])
  })

  it('keeps a stream once, with one transaction if it has one', async () => {
    const found = await read([stream(), stream({ transaction_ids: ['t9'] })])
    expect(found).toMatchObject([{ plaidTransactionIds: ['t9'] }])
  })
})
