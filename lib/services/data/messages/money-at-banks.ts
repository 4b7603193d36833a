/** Messages about money at linked banks, written by the sync that finds it. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  LARGE_PAYMENT_DAYS,
  LARGE_PAYMENT_MINOR,
  LOW_BALANCE_MINOR
} from '@/lib/domain/messages/thresholds'
import {
  MIRROR_ACCOUNT_TYPES,
  TRANSFER_CATEGORIES,
  TRANSFER_DETAILED_CATEGORIES
} from '@/lib/domain/transactions/categories'
import { ended, told } from '@/lib/services/data/messages/messages'
import { dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { bankConnections, linkedAccounts } from '@/xata/schema'

const CURRENCY = 'USD'

const isOneOf = (column: SQL, list: readonly string[]): SQL =>
  sql`coalesce(${column}, '') in (select jsonb_array_elements_text(${jsonb(list)}))`

/**
 * The CTEs that tell of large new payments in `written` (the rows of a sync, `fresh` if new). Moves
 * between own accounts and the history that a bank brings along are no news.
 */
export const tellOfLargePayments = (): SQL =>
  told(
    sql`(select w.id, l.user_id, w.amount_minor, w.currency, coalesce(w.merchant_name, w.name) as payee, c.institution_name
      from written w join ${linkedAccounts} l on l.id = w.account_id join ${bankConnections} c on c.id = l.connection_id
      where w.fresh and w.currency = ${CURRENCY} and w.amount_minor <= ${-LARGE_PAYMENT_MINOR}::numeric
        and w.booked_on > (${dbNow()} at time zone 'UTC')::date - ${LARGE_PAYMENT_DAYS}::int
        and c.history = 'HISTORICAL_UPDATE_COMPLETE' and l.hidden_at is null and not ${isOneOf(sql`l.type`, MIRROR_ACCOUNT_TYPES)}
        and not ${isOneOf(sql`w.category_primary`, TRANSFER_CATEGORIES)} and not ${isOneOf(sql`w.category_detailed`, TRANSFER_DETAILED_CATEGORIES)})`,
    {
      kind: 'large_payment',
      key: sql`f.id`,
      data: sql`jsonb_build_object('bank', f.institution_name, 'amounts', jsonb_build_array(jsonb_build_object(
        'label', 'amount', 'name', f.payee, 'minor', f.amount_minor::text, 'currency', f.currency)))`
    },
    'told_of_payments'
  )

/**
 * The CTEs that tell of checking accounts of the connections in `held` that run low, and end it for
 * the others. The first sync tells nothing: its balance is no change.
 */
export const tellOfLowBalances = (held: SQL): SQL => sql`
  balance as (select l.id, l.user_id, c.institution_name, c.last_synced_at, l.currency, coalesce(l.display_name, l.name) as name,
      coalesce(l.available_minor, l.current_minor) as minor, l.type = 'depository' and coalesce(l.subtype, '') = 'checking' and l.closed_at is null
        and l.hidden_at is null and coalesce(l.currency, '') = ${CURRENCY} and coalesce(l.available_minor, l.current_minor) < ${LOW_BALANCE_MINOR}::numeric as low
    from ${held} h join ${bankConnections} c on c.id = h.connection_id join ${linkedAccounts} l on l.connection_id = c.id),
  ${told(sql`(select * from balance where low and last_synced_at is not null)`, {
    kind: 'low_balance',
    subject: sql`f.id`,
    data: sql`jsonb_build_object('bank', f.institution_name, 'amounts', jsonb_build_array(jsonb_build_object(
      'label', 'available', 'name', f.name, 'minor', f.minor::text, 'currency', f.currency)))`
  })}, ${lowBalanceEnded(sql`(select * from balance where low is not true)`)}`

/** The accounts (id, user_id) have enough again, or are not watched any more. */
export const lowBalanceEnded = (from: SQL): SQL =>
  ended(from, { kind: 'low_balance', subject: sql`f.id` })
