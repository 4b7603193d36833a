/** When a linked account opened and closed, for the net worth history. */
import type { CalendarDate } from '@/lib/domain/dates'

type Account = {
  id: string
  connectionId: string
  type: string
  subtype: string | null
  currency: string | null
  createdAt: string
  /** When the institution stopped listing it. */
  closedAt: string | null
}
export type Lifespan = { since: CalendarDate | null; until: CalendarDate | null }

/** How far apart closing an account and listing its replacement may be. */
const REPLACEMENT_WINDOW_MS = 30 * 86_400_000

/**
 * An account ends on the day it was closed. If an account of the same type appears at the same
 * connection around then, it counts as the replacement (such as a reissued card) and takes over
 * the balance on one day, so nothing is counted twice or dropped.
 */
export function accountLifespans(
  accounts: readonly Account[],
  dayOf: (at: string) => CalendarDate
): Map<string, Lifespan> {
  const spans = new Map(
    accounts.map(({ id, closedAt }): [string, Lifespan] => [
      id,
      { since: null, until: closedAt && dayOf(closedAt) }
    ])
  )
  const taken = new Set<string>()
  for (const closed of accounts) {
    if (closed.closedAt === null) continue
    const successor = successorOf({ ...closed, closedAt: closed.closedAt }, accounts, taken)
    if (!successor) continue
    taken.add(successor.id)
    const day = [dayOf(successor.createdAt), dayOf(closed.closedAt)].toSorted()[1] ?? null
    spans.set(closed.id, { since: spans.get(closed.id)?.since ?? null, until: day })
    spans.set(successor.id, { since: day, until: spans.get(successor.id)?.until ?? null })
  }
  return spans
}

function successorOf(
  closed: Account & { closedAt: string },
  accounts: readonly Account[],
  taken: ReadonlySet<string>
): Account | undefined {
  const apart = ({ createdAt }: Account) =>
    Math.abs(Date.parse(createdAt) - Date.parse(closed.closedAt))
  const key = ({ connectionId, type, subtype, currency }: Account) =>
    JSON.stringify([connectionId, type, subtype, currency])
  const alike = accounts.filter(
    (one) => one.createdAt > closed.createdAt && key(one) === key(closed)
  )
  return alike
    .filter((one) => !taken.has(one.id) && apart(one) <= REPLACEMENT_WINDOW_MS)
    .toSorted((a, b) => apart(a) - apart(b))[0]
}
