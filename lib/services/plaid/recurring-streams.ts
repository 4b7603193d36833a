import 'server-only'
import type { Cadence } from '@/lib/domain/reports/recurring-dates'
import type { SyncedStream } from '@/lib/domain/reports/recurring-streams'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { parseRows } from '@/lib/services/plaid/parse-rows'
import { type PlaidStream, PlaidStreamSchema, RecurringResponse } from '@/lib/services/plaid/wire'

const DEADLINE_MS = 30_000

/** Plaid has no word for every four weeks and every three months. */
const CADENCES: Record<string, Cadence> = {
  WEEKLY: 'weekly',
  BIWEEKLY: 'biweekly',
  SEMI_MONTHLY: 'semimonthly',
  MONTHLY: 'monthly',
  ANNUALLY: 'yearly'
}

/**
 * The active recurring payments that Plaid found with a known cadence and a predicted date. Rows
 * that cannot be read are left out.
 * @throws IntegrationError; PRODUCT_NOT_READY until Plaid has read the history.
 */
export async function listRecurringStreams(
  context: CallContext,
  accessToken: string
): Promise<SyncedStream[]> {
  const about = {
    method: '/transactions/recurring/get',
    retry: true,
    deadlineMs: DEADLINE_MS,
    context
  }
  const answer = await callPlaid(about, RecurringResponse, (api, options) =>
    api.transactionsRecurringGet({ access_token: accessToken }, options)
  )
  const found = [...answer.inflow_streams, ...answer.outflow_streams]
  const streams = parseRows(about.method, PlaidStreamSchema, found).flatMap(toSyncedStream)
  const key = (one: SyncedStream) => JSON.stringify([one.plaidAccountId, one.plaidStreamId])
  return [...new Map(streams.map((one) => [key(one), one])).values()]
}

function toSyncedStream(stream: PlaidStream): SyncedStream[] {
  const cadence = stream.frequency === null ? undefined : CADENCES[stream.frequency]
  const { predicted_next_date: nextOn, transaction_ids: ids, last_amount: last } = stream
  if (!cadence || nextOn === null || stream.status !== 'MATURE' || !stream.is_active) return []
  const amount = last?.amount ?? null
  return [
    {
      plaidAccountId: stream.account_id,
      plaidStreamId: stream.stream_id,
      cadence,
      nextOn,
      fixed: amount !== null && amount === stream.average_amount?.amount,
      plaidTransactionIds: [...new Set(ids.filter((_, n) => n === 0 || n === ids.length - 1))]
    }
  ]
}
