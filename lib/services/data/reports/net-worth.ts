import 'server-only'
import type { CalendarDate } from '@/lib/domain/dates'
import { type NetWorth, type NetWorthRows, netWorthOf } from '@/lib/domain/reports/net-worth'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { listConnections } from '@/lib/services/data/connections/connection-views'
import { listAccounts } from '@/lib/services/data/connections/linked-accounts'
import { findBankAccount } from '@/lib/services/data/onboarding/bank-accounts'
import { listOwnAssets } from '@/lib/services/data/reports/own-assets'

/**
 * The user's assets and debts; `today` is the current date in the user's time zone. @param rows
 * those that the caller has read.
 */
export async function getNetWorth(
  actor: UserActor,
  today: CalendarDate,
  rows?: NetWorthRows
): Promise<NetWorth> {
  return netWorthOf(rows ?? (await readRows(actor)), { today, at: now() })
}

async function readRows(actor: UserActor): Promise<NetWorthRows> {
  const [accounts, connections, own, assets] = await Promise.all([
    listAccounts(actor),
    listConnections(actor),
    findBankAccount(actor),
    listOwnAssets(actor)
  ])
  return { accounts, connections, own, assets }
}
