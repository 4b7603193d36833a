/** Terms as Plaid's sandbox sent them on 2025-05-19 (student, credit) and as its reference shows them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mainRate } from '@/lib/domain/connections/liability'
import * as AccountService from '@/lib/services/plaid'
import { ACCESS_TOKEN, startScriptedPlaid } from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const accountIn = (account_id: string, iso_currency_code: string | null = 'USD') => ({
  account_id,
  name: account_id,
  type: 'credit',
  subtype: 'credit card',
  balances: {
    current: 1000,
    available: null,
    limit: null,
    iso_currency_code,
    unofficial_currency_code: null
  }
})
const CARD = {
  account_id: 'card',
  aprs: [
    { apr_percentage: 27.95, apr_type: 'cash_apr', balance_subject_to_apr: null },
    { apr_percentage: 12.5, apr_type: 'purchase_apr', balance_subject_to_apr: null }
  ],
  is_overdue: false,
  last_statement_balance: 1708.77,
  last_statement_issue_date: '2025-05-19',
  minimum_payment_amount: 50,
  next_payment_due_date: '2025-06-19'
}
const STUDENT = {
  account_id: 'student',
  interest_rate_percentage: 5.25,
  is_overdue: false,
  last_statement_balance: 16577.16,
  last_statement_issue_date: '2025-05-01',
  minimum_payment_amount: 25,
  next_payment_due_date: '2025-06-01'
}
const MORTGAGE = {
  account_id: 'mortgage',
  interest_rate: { percentage: 3.99, type: 'fixed' },
  next_monthly_payment: 3141.54,
  next_payment_due_date: '2019-11-15',
  past_due_amount: 2304
}

function read(liabilities: Record<string, unknown>, accounts: unknown[]) {
  plaid.answer(() => ({ body: { accounts, liabilities, request_id: 'req-1' } }))
  return AccountService.listLiabilities({ userId: 'u1' }, ACCESS_TOKEN)
}
const usd = (minor: bigint) => ({ minor, currency: 'USD' })

describe('listLiabilities', () => {
  it('reads cards, student loans and mortgages, which name the same facts differently', async () => {
    const found = await read(
      { credit: [CARD], student: [STUDENT], mortgage: [MORTGAGE] },
      ['card', 'student', 'mortgage'].map((id) => accountIn(id))
    )
    expect(found).toEqual([
      {
        plaidAccountId: 'card',
        currency: 'USD',
        kind: 'credit',
        rates: [
          { type: 'cash_apr', percentage: '27.95' },
          { type: 'purchase_apr', percentage: '12.5' }
        ],
        minimum: usd(5_000n),
        dueOn: '2025-06-19',
        overdue: false,
        statement: usd(170_877n),
        statementOn: '2025-05-19'
      },
      {
        plaidAccountId: 'student',
        currency: 'USD',
        kind: 'student',
        rates: [{ type: 'interest', percentage: '5.25' }],
        minimum: usd(2_500n),
        dueOn: '2025-06-01',
        overdue: false,
        statement: usd(1_657_716n),
        statementOn: '2025-05-01'
      },
      {
        plaidAccountId: 'mortgage',
        currency: 'USD',
        kind: 'mortgage',
        rates: [{ type: 'fixed', percentage: '3.99' }],
        minimum: usd(314_154n),
        dueOn: '2019-11-15',
        overdue: true,
        statement: null,
        statementOn: null
      }
    ])
  })

  it('takes the currency of the account, which terms do not name', async () => {
    const [card] = await read({ credit: [CARD] }, [accountIn('card', 'JPY')])
    expect(card).toMatchObject({ currency: 'JPY', minimum: { minor: 50n, currency: 'JPY' } })
  })

  it('keeps what it can read of incomplete terms, and leaves out rows without an account', async () => {
    const found = await read(
      { credit: [{ account_id: 'card', aprs: [null] }, {}], student: null },
      [accountIn('card')]
    )
    expect(found).toEqual([
      {
        plaidAccountId: 'card',
        currency: 'USD',
        kind: 'credit',
        rates: [],
        minimum: null,
        dueOn: null,
        overdue: null,
        statement: null,
        statementOn: null
      }
    ])
  })
})

describe('the main rate', () => {
  it('of a card is the one of purchases, of a loan the only one', () => {
    const [cash, purchases] = [
      { type: 'cash_apr', percentage: '27.95' },
      { type: 'purchase_apr', percentage: '12.5' }
    ]
    expect(mainRate({ rates: [cash, purchases] })).toEqual(purchases)
    expect(mainRate({ rates: [cash] })).toEqual(cash)
    expect(mainRate({ rates: [] })).toBeNull()
  })
})
