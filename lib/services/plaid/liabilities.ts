import 'server-only'
import {
  type InterestRate,
  LIABILITY_KINDS,
  type LiabilityKind,
  type SyncedLiability
} from '@/lib/domain/connections/liability'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { balance } from '@/lib/services/plaid/map'
import { parseAccounts, parseRows } from '@/lib/services/plaid/parse-rows'
import {
  LiabilitiesResponse,
  type PlaidLiability,
  PlaidLiabilitySchema
} from '@/lib/services/plaid/wire'

const DEADLINE_MS = 30_000

/**
 * The terms of the Item's cards and loans. Rows that cannot be read are left out.
 * @throws IntegrationError; NO_LIABILITY_ACCOUNTS, PRODUCTS_NOT_SUPPORTED, or
 * ADDITIONAL_CONSENT_REQUIRED before the user agreed (contracts: Plaid §3).
 */
export async function listLiabilities(
  context: CallContext,
  accessToken: string
): Promise<SyncedLiability[]> {
  const about = { method: '/liabilities/get', retry: true, deadlineMs: DEADLINE_MS, context }
  const { accounts, liabilities } = await callPlaid(about, LiabilitiesResponse, (api, options) =>
    api.liabilitiesGet({ access_token: accessToken }, options)
  )
  const currencies = new Map(
    parseAccounts(accounts).accounts.map(({ plaidAccountId, current, available, limit }) => [
      plaidAccountId,
      (current ?? available ?? limit)?.currency
    ])
  )
  const found = LIABILITY_KINDS.flatMap((kind) =>
    parseRows(about.method, PlaidLiabilitySchema, liabilities[kind]).map((row) =>
      toSyncedLiability(kind, row, currencies.get(row.account_id) ?? 'XXX')
    )
  )
  return [...new Map(found.map((one) => [one.plaidAccountId, one])).values()]
}

/** Plaid names the same facts differently for each kind. */
function toSyncedLiability(
  kind: LiabilityKind,
  row: PlaidLiability,
  currency: string
): SyncedLiability {
  const minimum = kind === 'mortgage' ? row.next_monthly_payment : row.minimum_payment_amount
  const pastDue = balance(row.past_due_amount, currency)
  return {
    plaidAccountId: row.account_id,
    currency,
    kind,
    rates: ratesOf(row),
    minimum: balance(minimum, currency),
    dueOn: row.next_payment_due_date,
    overdue: kind === 'mortgage' ? pastDue && pastDue.minor > 0n : row.is_overdue,
    statement: balance(row.last_statement_balance, currency),
    statementOn: row.last_statement_issue_date
  }
}

function ratesOf({
  aprs,
  interest_rate,
  interest_rate_percentage
}: PlaidLiability): InterestRate[] {
  const rate = (type: string | null, percentage: string | null) =>
    percentage === null ? [] : [{ type: type ?? 'rate', percentage }]
  return [
    ...(aprs ?? []).flatMap((apr) => (apr ? rate(apr.apr_type, apr.apr_percentage) : [])),
    ...rate(interest_rate?.type ?? null, interest_rate?.percentage ?? null),
    ...rate('interest', interest_rate_percentage)
  ]
}
