/** Signal and Statements, with the SDK. The real sandbox answers too, with other values. */
import { createHash, randomUUID } from 'node:crypto'
import { type PlaidApi, Products } from 'plaid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as ask from '@/tests/contract/plaid/target'
import { openTarget, type Target } from '@/tests/contract/plaid/target'

let target: Target
let plaid: PlaidApi
let access_token: string
beforeAll(async () => {
  target = await openTarget()
  plaid = target.plaid
  access_token = (await ask.link(target, { products: [Products.Auth, Products.Transactions] }))
    .access_token
}, 60_000)
afterAll(() => target.close())

const accountOf = async (type: string) => {
  const { data } = await plaid.accountsGet({ access_token })
  const found = data.accounts.find((account) => String(account.type) === type)
  if (!found) throw new Error(`no ${type} account`)
  return found
}

describe('Signal', () => {
  const evaluate = async (account_id: string, amount: number, more = {}) =>
    plaid.signalEvaluate({
      access_token,
      account_id,
      client_transaction_id: randomUUID(),
      amount,
      ...more
    })

  it('rates a payment that the balance covers lower than one that it does not', async () => {
    const { account_id, balances } = await accountOf('depository')
    const low = await evaluate(account_id, 10, { ruleset_key: 'standard' })
    const high = await evaluate(account_id, (balances.available ?? 0) + 1, {
      ruleset_key: 'standard'
    })
    target.check('SignalEvaluateResponse', low.data)
    target.check('SignalEvaluateResponse', high.data)
    const risk = (answer: typeof low) =>
      answer.data.scores?.bank_initiated_return_risk?.score ?? Number.NaN
    expect(risk(low)).toBeLessThan(risk(high))
    expect([low.data.ruleset?.result, high.data.ruleset?.result]).toEqual(['ACCEPT', 'REROUTE'])
  })

  it('is refused for a card, and a report for a payment that was not evaluated', async () => {
    const card = await accountOf('credit')
    expect(await ask.refusal(target, evaluate(card.account_id, 10))).toBe('PRODUCTS_NOT_SUPPORTED')
    const report = (client_transaction_id: string) =>
      plaid.signalDecisionReport({ client_transaction_id, initiated: true })
    expect(await ask.refusal(target, report(randomUUID()))).toBe('INVALID_FIELD')
    const { account_id } = await accountOf('depository')
    const client_transaction_id = randomUUID()
    await evaluate(account_id, 10, { client_transaction_id })
    expect((await report(client_transaction_id)).status).toBe(200)
    const returned = await plaid.signalReturnReport({ client_transaction_id, return_code: 'R01' })
    expect(returned.status).toBe(200)
  })
})

describe('Statements', () => {
  it('are listed by month, newest first, and each is a PDF with its hash', async () => {
    const { data } = await plaid.statementsList({ access_token })
    target.check('StatementsListResponse', data)
    const statements = data.accounts[0]?.statements ?? []
    expect(statements.length).toBeGreaterThan(0)
    const months = statements.map(({ year, month }) => year * 12 + month)
    expect(months).toEqual([...months].sort((a, b) => b - a))
    const statement_id = statements[0]?.statement_id ?? ''
    const file = await plaid.statementsDownload(
      { access_token, statement_id },
      { responseType: 'arraybuffer' }
    )
    const pdf = Buffer.from(file.data as unknown as ArrayBuffer)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(file.headers['plaid-content-hash']).toBe(createHash('sha256').update(pdf).digest('hex'))
  })

  it('of another Item are refused', async () => {
    const other = await ask.link(target, { products: [Products.Transactions] })
    const { data } = await plaid.statementsList({ access_token: other.access_token })
    const statement_id = data.accounts[0]?.statements[0]?.statement_id ?? ''
    const refused = ask.refusal(target, plaid.statementsDownload({ access_token, statement_id }))
    expect(await refused).toBe('INVALID_FIELD')
  })
})
