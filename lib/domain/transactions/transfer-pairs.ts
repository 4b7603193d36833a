/**
 * Pairs the two rows of a transfer between own accounts. Fixed rules; their measurements are in
 * docs/decisions/028-own-transfers.md.
 */

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
  /** Positive is money in. */
  minor: bigint
  currency: string
  name: string
  merchantName: string | null
  categoryPrimary: string | null
  categoryDetailed: string | null
  /** Unpaired rows of its account with the same name and amount. */
  alike: number
}
/** Opposite amounts in one currency on two of the user's accounts, a few days apart. */
type PairCandidate = { out: TransferLeg; in: TransferLeg; minor: bigint }
export type TransferPair = { outId: string; inId: string }

/**
 * How many days the arrival may be booked before the departure, and how many days the transfer may
 * take.
 */
export const MIN_DAYS_APART = -2
export const MAX_DAYS_APART = 5

/** With more opposite candidates than this, the pair is ambiguous. */
export const MOST_FACING = 10

const MIN_SCORE = 1.75
/** A rival candidate within this score makes a pair ambiguous. */
const AMBIGUITY_MARGIN = 0.5

const TRANSFER_WORDS =
  /\b(transfers?|xfer|trnsfr|trf|tfr|sweep|autosave|auto ?pay|e-?payment|thank you|payment received|(online|mobile|web|card|crd|bill|recurring|automatic) ?(banking )?(payment|pymt|pmt|pay)|(ach|online|web) (deposit|withdrawal|debit|credit)|(to|from) (my )?(savings?|checking|chk|sav|brokerage|money market)|moved? (to|from)|wire (in|out))\b/i
/** Weak evidence, but not a shop. */
const NEUTRAL_WORDS = /^(withdrawal|deposit|debit|credit|payment)\b/i
/** Income, purchases and refunds. */
const NON_TRANSFER_WORDS =
  /\b(payroll|salary|wages|dir(ect)? dep(osit)?|dividend|interest|refund|return|reimbursement|claim|rent|mortgage|loan|check|cheque|insurance|invoice)\b/i
/** Services whose counterparty may be another person. */
const PERSON_TO_PERSON = /\b(venmo|zelle|cash ?app|paypal|splitwise|apple cash)\b/i
/** Words of bank and account names that carry no information. Shorter ones are never compared. */
const STOP_WORDS = new Set([
  'bank',
  'account',
  'checking',
  'savings',
  'card',
  'credit',
  'first',
  'national',
  'union',
  'federal',
  'total',
  'plus',
  'everyday'
])

/** Finds the pairs; each row is in at most one. Ties are left unpaired. */
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
    // A rival whose other row has no alternative may be the real pair.
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

/** Per row: how many rows of its name and amount have any candidate. */
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
  const late = gap === 0 ? 1 : gap === 1 ? 0.75 : gap === 2 || gap === 3 ? 0.25 : -0.25
  const odd = minor % 100n === 0n ? 0 : 1
  const card = into.accountType === 'credit' && out.accountType === 'depository' ? 0.5 : 0
  // A purchase and its refund have the same name.
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

/**
 * Penalises one-off sides: rent leaves every month but its amount arrives once, while savings
 * arrive every month too.
 */
function regularity(sides: readonly { alike: number; met: number }[]): number {
  const lonely = sides.filter(({ alike, met }) => met * 2 < alike).length
  const steady = sides.every(({ alike, met }) => alike > 2 && met * 5 >= alike * 4)
  return steady ? 1 : -2 * lonely
}

/** The same number of five or more digits on both sides is a transfer reference. */
function sameNumber(a: string, b: string): boolean {
  const numbers = new Set(a.match(/\d{5,}/g))
  return (b.match(/\d{5,}/g) ?? []).some((number) => numbers.has(number))
}

const moves = ({ categoryPrimary, categoryDetailed }: TransferLeg): boolean =>
  (TRANSFER_CATEGORIES as readonly (string | null)[]).includes(categoryPrimary) ||
  (TRANSFER_DETAILED_CATEGORIES as readonly (string | null)[]).includes(categoryDetailed)

/** The category says income or spending. A card payment may be categorised as a loan payment. */
function contradictsTransfer(leg: TransferLeg, into: TransferLeg): boolean {
  const { categoryPrimary: primary } = leg
  if (primary === null || (AMBIGUOUS as readonly string[]).includes(primary) || moves(leg))
    return false
  return !(primary === 'LOAN_PAYMENTS' && into.accountType === 'credit')
}

/** The evidence of one side: its category, its words, and whether it names the other account. */
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
