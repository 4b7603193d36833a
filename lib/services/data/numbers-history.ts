import 'server-only'
import { sql } from 'drizzle-orm'
import { balanceSnapshots, bankAccounts, linkedAccounts, transactions } from '../../../xata/schema'
import { worth } from '../../domain/account'
import type { Person } from '../../domain/actor'
import { type CalendarDate, dayIn } from '../../domain/dates'
import { EXPLAINED, typeOf } from '../../domain/net-worth'
import { type HistoryAccount, type HistoryRange, historyFrom, type NetWorthHistory, netWorthHistory } from '../../domain/net-worth-history'
import { now } from '../../platform/clock'
import { listAccounts } from './accounts'
import { listOwnAssets } from './own-assets'
import { rows } from './storage'

type Told = { owner: string; at: string; minor: bigint; currency: string }
type Move = { account_id: string; on: string; minor: bigint }

/** What the person was worth day by day, as days are where they live. Only of what counts today: what they hid or left is not in its past either. */
export async function getNetWorthHistory(person: Person, { range, timeZone }: { range: HistoryRange; timeZone: string }): Promise<NetWorthHistory[]> {
  const dayOf = dayIn(timeZone)
  const today = dayOf(now().toISOString())
  const from = historyFrom(range, today)
  const [accounts, assets, told, moves, firsts, own] = await Promise.all([
    listAccounts(person),
    listOwnAssets(person),
    listTold(person, from),
    listMoves(person, from, today),
    listFirsts(person),
    findOwn(person)
  ])
  const known = (owner: string, currency: string, flip: boolean) =>
    told.filter((one) => one.owner === owner && one.currency === currency).map(({ at, minor }) => ({ on: dayOf(at), minor: flip ? -minor : minor }))
  const linked = accounts.flatMap((account): HistoryAccount[] => {
    const [type, value] = [typeOf(account.type), worth(account)]
    if (!type || !value) return []
    const booked = moves.filter(({ account_id }) => account_id === account.id)
    const explained = EXPLAINED.includes(type)
    return [
      {
        currency: value.currency,
        now: value.minor,
        told: known(account.id, value.currency, type === 'credit' || type === 'loan'),
        moves: booked,
        explained,
        since: null
      }
    ]
  })
  const ours = own
    ? [{ currency: own.currency, now: own.minor, told: known(own.id, own.currency, false), moves: [], explained: false, since: dayOf(own.created_at) }]
    : []
  const banks = [...firsts, ...told.map(({ at }) => dayOf(at))]
  // Before a bank's first word there is only a guess, however long ago a house was bought.
  const first = (banks.length > 0 ? banks : assets.flatMap(({ values }) => values.map(({ on }) => on))).filter((on) => on <= today)
  return netWorthHistory({ accounts: [...linked, ...ours], assets, today, range, first: first.toSorted()[0] ?? null })
}

/** Oldest first, so that of two in one day the later one counts. */
const listTold = (person: Person, from: CalendarDate) =>
  rows<Told>(sql`select coalesce(s.account_id, s.bank_account_id) as owner, s.taken_at as at, s.minor, s.currency
    from ${balanceSnapshots} s left join ${linkedAccounts} l on l.id = s.account_id
    where s.user_id = ${person.userId} and s.taken_on >= ${from}::date - 1 and l.hidden_at is null and l.closed_at is null order by s.taken_at`)

const visible = (person: Person) => sql`l.user_id = ${person.userId} and l.closed_at is null and l.hidden_at is null`

/** What the banks booked, whatever the person has made of it since: a balance knows no exclusions. */
const listMoves = (person: Person, from: CalendarDate, to: CalendarDate) =>
  rows<Move>(sql`select t.account_id, t.booked_on as on, sum(t.amount_minor) as minor
    from ${linkedAccounts} l join ${transactions} t on t.account_id = l.id
    where ${visible(person)} and t.booked_on > ${from}::date and t.booked_on <= ${to}::date and not t.pending and t.removed_at is null and t.currency = l.currency
    group by t.account_id, t.booked_on`)

async function listFirsts(person: Person): Promise<CalendarDate[]> {
  const found = await rows<{ first: string | null }>(sql`select
      (select t.booked_on from ${transactions} t where t.account_id = l.id and not t.pending and t.removed_at is null order by t.booked_on limit 1) as first
    from ${linkedAccounts} l where ${visible(person)}`)
  return found.flatMap(({ first }) => first ?? [])
}

async function findOwn(person: Person): Promise<{ id: string; minor: bigint; currency: string; created_at: string } | null> {
  const [found] = await rows<{ id: string; minor: bigint; currency: string; created_at: string }>(sql`
    select id, balance_minor as minor, currency, created_at from ${bankAccounts} where user_id = ${person.userId} and balance_minor is not null and currency is not null`)
  return found ?? null
}
