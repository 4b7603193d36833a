/**
 * Where our recurring payments and the streams of `/transactions/recurring/get` differ, on the same
 * histories. The streams are those of the emulator: Plaid's own rules are not published.
 */
import type { findRecurring } from '@/lib/domain/reports/recurring'
import type { Cadence } from '@/lib/domain/reports/recurring-dates'
import { addReported, type ReportedPayment } from '@/lib/domain/reports/recurring-streams'
import { toDay } from '@/sandbox/plaid/logins/calendar'
import { findStreams } from '@/sandbox/plaid/transactions/recurring'
import type { History } from '@/scripts/bench/recurring/data'

type Ours = ReturnType<typeof findRecurring>

/** Plaid has no word for every four weeks and every three months. */
const CADENCES: Record<string, Cadence> = {
  WEEKLY: 'weekly',
  BIWEEKLY: 'biweekly',
  SEMI_MONTHLY: 'semimonthly',
  MONTHLY: 'monthly',
  ANNUALLY: 'yearly'
}

export type Difference = {
  both: number
  /** Both found the payee, with another cadence. */
  cadence: number
  oursOnly: number
  streamsOnly: number
  /** Of those, the ones that the app lists. */
  listed: number
}

/** The active streams in a history, as Plaid would list them. */
const streamsOf = ({ paid, today }: History) => {
  const rows = paid.map(({ date, minor, name }, n) => ({
    id: String(n),
    account: 'account',
    amount: -minor / 100,
    currency: 'USD',
    unofficialCurrency: null,
    date,
    authorizedOn: date,
    name,
    merchant: null,
    website: null,
    category: null,
    channel: 'other' as const,
    code: null,
    pending: false,
    pendingId: null
  }))
  const { inflow, outflow } = findStreams('item', rows, toDay(today), 'v2')
  return [...inflow, ...outflow].filter((stream) => stream.is_active)
}

/** The payments of a history as the app lists them: ours, and what only Plaid found. */
export function listWithStreams(history: History, ours: Ours): Ours {
  const reported = streamsOf(history).flatMap((stream): ReportedPayment[] => {
    const cadence = CADENCES[stream.frequency]
    const minor = -Math.round(stream.last_amount.amount * 100)
    const newest = history.paid.find(
      ({ date, minor: paid }) => date === stream.last_date && paid === minor
    )
    if (!cadence || !stream.predicted_next_date) return []
    return [
      {
        merchant: stream.description.toLowerCase(),
        name: stream.description,
        currency: 'USD',
        category: newest?.category ?? null,
        cadence,
        minor: BigInt(minor),
        fixed: stream.last_amount.amount === stream.average_amount.amount,
        lastOn: stream.last_date,
        nextOn: stream.predicted_next_date
      }
    ]
  })
  return addReported(ours, reported, history.today)
}

/** Compares one history; a payment and a stream are the same if payee and direction match. */
export function compareStreams(history: History, ours: Ours): Difference {
  const left = streamsOf(history)
  const difference = { both: 0, cadence: 0, oursOnly: 0 }
  for (const one of ours) {
    const alike = left.filter(
      ({ description, last_amount }) =>
        description.toLowerCase().includes(one.words) && last_amount.amount > 0 === one.minor < 0n
    )
    const same = alike.find(({ frequency }) => CADENCES[frequency] === one.cadence) ?? alike[0]
    if (!same) {
      difference.oursOnly++
      continue
    }
    left.splice(left.indexOf(same), 1)
    if (CADENCES[same.frequency] === one.cadence) difference.both++
    else difference.cadence++
  }
  const listed = listWithStreams(history, ours).length - ours.length
  return { ...difference, streamsOnly: left.length, listed }
}

/** Prints the differences by kind of history. */
export function reportStreams(
  kinds: Iterable<readonly [string, readonly History[]]>,
  detect: (history: History) => Ours
): void {
  console.log('\nBeside /transactions/recurring/get of the emulator:\n')
  console.log(
    '| kind | both | another cadence | ours only | streams only | of these listed |\n|---|---|---|---|---|---|'
  )
  for (const [kind, histories] of kinds) {
    const all = histories.map((history) => compareStreams(history, detect(history)))
    const sum = (of: keyof Difference) => all.reduce((total, one) => total + one[of], 0)
    console.log(
      `| ${kind} | ${sum('both')} | ${sum('cadence')} | ${sum('oursOnly')} | ${sum('streamsOnly')} | ${sum('listed')} |`
    )
  }
}
