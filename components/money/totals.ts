/** What the accounts add up to, currency by currency. */
import type { WireAccount, WireBankAccount } from '@/lib/api/answers'
import { worth } from '@/lib/domain/account'
import type { Money } from '@/lib/domain/money'
import { sumByCurrency } from '@/lib/domain/money'
import { fromWire } from './amount'

export type Total = { currency: string; assets: bigint; owed: bigint; net: bigint }

/** Each account's worth counts once: above zero as owned, below as owed, so that net is always owned minus owed. */
export function totalsOf(accounts: readonly WireAccount[], own: WireBankAccount | null): Total[] {
  const worths = accounts.map((account) => worth({ type: account.type, current: account.current && fromWire(account.current) }))
  const all = [own?.balance ? fromWire(own.balance) : null, ...worths].filter((money): money is Money => money !== null)
  const owned = new Map(sumByCurrency(all.filter(({ minor }) => minor > 0n)).map(({ currency, minor }) => [currency, minor]))
  const owed = new Map(sumByCurrency(all.filter(({ minor }) => minor < 0n)).map(({ currency, minor }) => [currency, -minor]))
  return sumByCurrency(all).map(({ currency, minor }) => ({ currency, assets: owned.get(currency) ?? 0n, owed: owed.get(currency) ?? 0n, net: minor }))
}

/** The oldest of the times, since a total is only as fresh as its oldest part. */
export function oldest(times: readonly (string | null)[]): string | null {
  return times.filter((time): time is string => time !== null).toSorted()[0] ?? null
}
