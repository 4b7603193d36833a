/** Which two rows of a user are one transfer between accounts of their own. A fixed rule; its figures are in docs/decisions/028-own-transfers.md. */

import type { CalendarDate } from '@/lib/domain/dates'
import { addDays, daysBetween } from '@/lib/domain/periods'
import {
  AMBIGUOUS,
  TRANSFER_CATEGORIES,
  TRANSFER_DETAILED_CATEGORIES
} from '@/lib/domain/transactions/categories'

/** One side of a possible transfer. */
export type TransferLeg = {
  id: string
  accountId: string
  accountType: string
  accountMask: string | null
  accountName: string
  institutionName: string
  date: CalendarDate
  /** Money in is positive. */
  minor: bigint
  currency: string
  name: string
  merchantName: string | null
  categoryPrimary: string | null
  categoryDetailed: string | null
  /** How many rows of its account have the same name and amount and are in no pair. */
  alike: number
}
/** Opposite amounts in one currency, a few days apart, on two accounts of a user. */
type PairCandidate = { out: TransferLeg; in: TransferLeg; minor: bigint }
export type TransferPair = { outId: string; inId: string }

/** How many days money may seem to arrive before it has left, and how many it may be on its way. */
export const MIN_DAYS_APART = -2
export const MAX_DAYS_APART = 5

/** Where more rows than these have the opposite amount within those days, nobody can tell which is which. */
export const MOST_FACING = 10

const MIN_SCORE = 1.75
/** Another candidate that comes this close makes a pair doubtful. */
const AMBIGUITY_MARGIN = 0.5

const TRANSFER_WORDS =
  /\b(transfers?|xfer|trnsfr|trf|tfr|sweep|autosave|auto ?pay|e-?payment|thank you|payment received|(online|mobile|web|card|crd|bill|recurring|automatic) ?(banking )?(payment|pymt|pmt|pay)|(ach|online|web) (deposit|withdrawal|debit|credit)|(to|from) (my )?(savings?|checking|chk|sav|brokerage|money market)|moved? (to|from)|wire (in|out))\b/i
/** Next to nothing, but no shop either. */
const NEUTRAL_WORDS = /^(withdrawal|deposit|debit|credit|payment)\b/i
/** Earned, paid to or got back from others. */
const NON_TRANSFER_WORDS =
  /\b(payroll|salary|wages|dir(ect)? dep(osit)?|dividend|interest|refund|return|reimbursement|claim|rent|mortgage|loan|check|cheque|insurance|invoice)\b/i
/** Other people can be at the other end of these. */
const PERSON_TO_PERSON = /\b(venmo|zelle|cash ?app|paypal|splitwise|apple cash)\b/i
/** Words of names of banks and accounts that say nothing. */
const STOP_WORDS = new Set([
  'bank',
  'account',
  'checking',
  'savings',
  'card',
  'credit',
  'the',
  'first',
  'national',
  'union',
  'federal',
  'total',
  'plus',
  'everyday',
  'of',
  'and'
])

/** The pairs among rows; each row is in one at most. Where two are as likely as each other, neither is taken. */
export function findPairs(legs: readonly TransferLeg[]): TransferPair[] {
  const candidates = candidatesOf(legs)
  const support = countSupport(candidates)
  const scored = candidates
    .map((one) => ({ one, score: scoreOf(one, support) }))
    .filter(({ score }) => score >= MIN_SCORE)
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        a.one.out.id.localeCompare(b.one.out.id) ||
        a.one.in.id.localeCompare(b.one.in.id)
    )
  const ofRow = new Map<string, Scored[]>()
  for (const each of scored)
    for (const id of rowsOf(each)) ofRow.set(id, [...(ofRow.get(id) ?? []), each])
  const taken = new Set<string>()
  const take = (each: Scored) => {
    for (const id of rowsOf(each)) taken.add(id)
  }
  const isOpen = (each: Scored) => rowsOf(each).every((id) => !taken.has(id))
  const openOf = (each: Scored) =>
    rowsOf(each).flatMap((id) => (ofRow.get(id) ?? []).filter(isOpen))
  const pairs: TransferPair[] = []
  for (const best of scored) {
    if (!isOpen(best)) continue
    const rivals = openOf(best).filter(
      (rival) => rival !== best && rival.score > best.score - AMBIGUITY_MARGIN
    )
    take(best)
    // A rival whose other row is left with nobody might have been the pair.
    const doubtful = rivals.some((rival) => openOf(rival).length === 0)
    if (!doubtful) pairs.push({ outId: best.one.out.id, inId: best.one.in.id })
    else for (const rival of rivals) take(rival)
  }
  return pairs
}

type Scored = { one: PairCandidate; score: number }
const rowsOf = ({ one }: Scored): string[] => [one.out.id, one.in.id]

const GAPS = Array.from(
  { length: MAX_DAYS_APART - MIN_DAYS_APART + 1 },
  (_, n) => MIN_DAYS_APART + n
)

function candidatesOf(legs: readonly TransferLeg[]): PairCandidate[] {
  const key = (minor: bigint, currency: string, date: CalendarDate) =>
    `${minor} ${currency} ${date}`
  const sides = new Map<string, TransferLeg[]>()
  for (const leg of legs) {
    const same = sides.get(key(leg.minor, leg.currency, leg.date))
    if (same) same.push(leg)
    else sides.set(key(leg.minor, leg.currency, leg.date), [leg])
  }
  return legs.flatMap((out) => {
    if (out.minor >= 0n) return []
    const near = GAPS.flatMap(
      (gap) => sides.get(key(-out.minor, out.currency, addDays(out.date, gap))) ?? []
    )
    return near
      .filter(({ accountId }) => accountId !== out.accountId)
      .map((into) => ({ out, in: into, minor: into.minor }))
  })
}

const keyOf = (leg: TransferLeg, minor: bigint): string => `${leg.accountId} ${minor} ${leg.name}`

/** For each row: how many of its name and amount have a candidate at all. */
function countSupport(candidates: readonly PairCandidate[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const one of candidates) {
    for (const leg of [one.out, one.in]) {
      const key = keyOf(leg, one.minor)
      found.set(key, (found.get(key) ?? new Set()).add(leg.id))
    }
  }
  return found
}

function scoreOf(
  candidate: PairCandidate,
  support: ReadonlyMap<string, ReadonlySet<string>>
): number {
  const { out, in: into, minor } = candidate
  const legs = [out, into]
  if (
    legs.some(
      (leg) =>
        PERSON_TO_PERSON.test(`${leg.name} ${leg.merchantName ?? ''}`) ||
        contradictsTransfer(leg, into)
    )
  )
    return Number.NEGATIVE_INFINITY
  const gap = daysBetween(out.date, into.date)
  const evidence =
    legScore(out, into) + legScore(into, out) + (sameNumber(out.name, into.name) ? 1.5 : 0)
  const late = gap === 0 ? 1 : gap === 1 ? 0.75 : gap > 1 && gap < 4 ? 0.25 : -0.25
  const odd = minor % 100n === 0n ? 0 : 1
  const card = into.accountType === 'credit' && out.accountType === 'depository' ? 0.5 : 0
  // What was bought and given back has one name.
  const refund = !TRANSFER_WORDS.test(into.name) && payee(out) === payee(into) ? -2 : 0
  return (
    evidence +
    late +
    odd +
    card +
    refund +
    regularity(
      legs.map((leg) => ({ alike: leg.alike, met: support.get(keyOf(leg, minor))?.size ?? 0 }))
    )
  )
}

const payee = ({ name, merchantName }: TransferLeg): string => (merchantName ?? name).toLowerCase()

/** Rent is paid every month, and only once something of the same amount comes in. What is saved every month arrives every month. */
function regularity(sides: readonly { alike: number; met: number }[]): number {
  const lonely = sides.filter(({ alike, met }) => alike > 2 && met * 2 < alike).length
  const steady = sides.every(({ alike, met }) => alike > 2 && met * 5 >= alike * 4)
  return steady ? 1 : -2 * lonely
}

/** A number of five digits or more on both sides is a reference to one transfer. */
function sameNumber(a: string, b: string): boolean {
  const numbers = new Set(a.match(/\d{5,}/g))
  return (b.match(/\d{5,}/g) ?? []).some((number) => numbers.has(number))
}

const moves = ({ categoryPrimary, categoryDetailed }: TransferLeg): boolean =>
  (categoryPrimary !== null &&
    (TRANSFER_CATEGORIES as readonly string[]).includes(categoryPrimary)) ||
  (categoryDetailed !== null &&
    (TRANSFER_DETAILED_CATEGORIES as readonly string[]).includes(categoryDetailed))

/** Its category says that it was earned or spent. Paying a card may be called a loan payment. */
function contradictsTransfer(leg: TransferLeg, into: TransferLeg): boolean {
  const { categoryPrimary: primary } = leg
  if (primary === null || (AMBIGUOUS as readonly string[]).includes(primary) || moves(leg))
    return false
  return !(primary === 'LOAN_PAYMENTS' && into.accountType === 'credit')
}

/** How much one side says of a transfer: its category, its words, and whether it names the other account. */
function legScore(leg: TransferLeg, other: TransferLeg): number {
  const text = `${leg.name} ${leg.merchantName ?? ''}`.toLowerCase()
  if (names(text, other)) return 2
  if (moves(leg)) return 1.5
  if (NON_TRANSFER_WORDS.test(text)) return -1.5
  if (TRANSFER_WORDS.test(text)) return 1
  if (NEUTRAL_WORDS.test(text)) return 0.5
  return leg.merchantName === null ? 0 : -1
}

function names(text: string, { accountMask, accountName, institutionName }: TransferLeg): boolean {
  if (accountMask !== null && accountMask.length > 2 && text.includes(accountMask.toLowerCase()))
    return true
  const words = `${accountName} ${institutionName}`.toLowerCase().match(/[a-z]{4,}/g) ?? []
  return words.some((word) => !STOP_WORDS.has(word) && new RegExp(`\\b${word}`).test(text))
}
