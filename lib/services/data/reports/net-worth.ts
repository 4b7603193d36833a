import 'server-only'
import type { CalendarDate } from '@/lib/domain/dates'
import { type NetWorth, netWorth } from '@/lib/domain/reports/net-worth'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { listConnections } from '@/lib/services/data/connections/connection-views'
import { listAccounts } from '@/lib/services/data/connections/linked-accounts'
import { findBankAccount } from '@/lib/services/data/onboarding/bank-accounts'
import { listOwnAssets } from '@/lib/services/data/reports/own-assets'

/** Balances are read several times a day; an older one is shown as stale. */
const STALE_AFTER_MS = 3 * 86_400_000

/** The user's assets and debts; `today` is the current date in the user's time zone. */
export async function getNetWorth(actor: UserActor, today: CalendarDate): Promise<NetWorth> {
  const [accounts, connections, own, assets] = await Promise.all([
    listAccounts(actor),
    listConnections(actor),
    findBankAccount(actor),
    listOwnAssets(actor)
  ])
  const brokenConnections = new Set(
    connections
      .filter(({ status }) => status === 'bad' || status === 'error' || status === 'revoked')
      .map(({ id }) => id)
  )
  return netWorth({
    accounts,
    own,
    assets,
    today,
    brokenConnections,
    freshSince: new Date(now().getTime() - STALE_AFTER_MS).toISOString()
  })
}
