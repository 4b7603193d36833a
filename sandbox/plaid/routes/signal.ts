/** /signal/evaluate, /signal/decision/report and /signal/return/report. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { requireHealthyItem, today, toWireAccounts } from '@/sandbox/plaid/items'
import { addProduct, supports } from '@/sandbox/plaid/products'
import type { Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'

const transactionId = z.string().min(1).max(36)
const EvaluateSchema = fields({
  access_token: z.string(),
  account_id: z.string(),
  client_transaction_id: transactionId,
  amount: z.number().positive(),
  user_present: z.boolean().optional(),
  client_user_id: z.string().optional(),
  is_recurring: z.boolean().optional(),
  default_payment_method: z.string().optional(),
  user: z.looseObject({}).optional(),
  device: z.looseObject({}).optional(),
  risk_profile_key: z.string().optional(),
  ruleset_key: z.string().optional()
})
const DecisionSchema = fields({
  client_transaction_id: transactionId,
  initiated: z.boolean(),
  days_funds_on_hold: z.number().int().min(0).optional(),
  decision_outcome: z
    .enum(['APPROVE', 'REVIEW', 'REJECT', 'TAKE_OTHER_RISK_MEASURES', 'NOT_EVALUATED'])
    .optional(),
  payment_method: z.string().optional(),
  amount_instantly_available: z.number().min(0).optional(),
  submitted_at: z.string().optional()
})
const ReturnSchema = fields({
  client_transaction_id: transactionId,
  return_code: z.string().regex(/^R\d\d$/, 'must be a NACHA return code'),
  returned_at: z.string().optional()
})

const BANK_TIERS = 8
const CUSTOMER_TIERS = 5

export function addSignalRoutes(plaid: Plaid): void {
  route(plaid, '/signal/evaluate', EvaluateSchema, (body) => evaluate(plaid, body))
  const report = (body: { client_transaction_id: string }) => {
    if (!plaid.evaluations.get(body.client_transaction_id))
      throw new PlaidApiError('INVALID_FIELD', 'client_transaction_id was not evaluated')
    return {}
  }
  route(plaid, '/signal/decision/report', DecisionSchema, report)
  route(plaid, '/signal/return/report', ReturnSchema, report)
}

/** Plaid's sandbox returns random scores. These are fixed, and high when the money is not there. */
function evaluate(plaid: Plaid, body: z.output<typeof EvaluateSchema>) {
  const item = requireHealthyItem(plaid, body.access_token)
  const accounts = toWireAccounts(plaid, item, [body.account_id])
  const [account] = accounts
  if (!account || !supports('signal', accounts)) throw new PlaidApiError('PRODUCTS_NOT_SUPPORTED')
  addProduct(plaid, item, 'signal')
  plaid.evaluations.put({ id: body.client_transaction_id })
  const { available, current } = account.balances
  const missing = body.amount > (available ?? current ?? 0)
  const base = createHash('sha256').update(`${account.account_id}:${body.amount}`).digest()
  const bank = (missing ? 70 : 1) + ((base[0] ?? 0) % 29)
  const customer = 1 + ((base[1] ?? 0) % 29)
  const tier = (score: number, tiers: number) => Math.ceil((score / 99) * tiers)
  return {
    scores: {
      customer_initiated_return_risk: {
        score: customer,
        risk_tier: tier(customer, CUSTOMER_TIERS)
      },
      bank_initiated_return_risk: { score: bank, risk_tier: tier(bank, BANK_TIERS) }
    },
    core_attributes: {
      days_since_first_plaid_connection: today(plaid) - item.linkedOn,
      is_savings_or_money_market_account: account.subtype === 'savings',
      available_balance: available ?? 0,
      current_balance: current ?? 0,
      is_account_closed: false
    },
    ...(body.ruleset_key
      ? { ruleset: { ruleset_key: body.ruleset_key, result: missing ? 'REROUTE' : 'ACCEPT' } }
      : {}),
    warnings: []
  }
}
