/**
 * Scores of /identity/match. Plaid publishes what they mean, not how they are calculated: 100 is
 * equal, 70 and more a match, less is none.
 */
import type { Owner } from '@/sandbox/plaid/logins/bank-data'

export type MatchUser = {
  legal_name?: string | undefined
  phone_number?: string | undefined
  email_address?: string | undefined
  address?: Partial<Owner['addresses'][number]['data']> | undefined
}

const NICKNAMES = [
  ['alberta', 'bertie'],
  ['elizabeth', 'elisabeth', 'liz', 'beth', 'eliza'],
  ['james', 'jim', 'jimmy'],
  ['jennifer', 'jenn', 'jen', 'jenny'],
  ['katherine', 'kate', 'kathy'],
  ['michael', 'mike'],
  ['robert', 'bob', 'rob', 'bobby'],
  ['thomas', 'tom', 'tommy'],
  ['william', 'bill', 'will', 'billy']
]
const BUSINESS = /\b(corp|llc|inc|ltd)\b/i

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .split(/\s+/)
    .filter(Boolean)
const formal = (word: string) => NICKNAMES.find((names) => names.includes(word))?.[0] ?? word

/** The share of equal words, of both sides together. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const left = [...b]
  const equal = a.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }).length
  return a.length + b.length === 0 ? 0 : Math.round((200 * equal) / (a.length + b.length))
}

type Name = {
  score: number
  is_first_name_or_last_name_match: boolean
  is_nickname_match: boolean
  is_business_name_detected: boolean
}

function matchName(given: string, known: string): Name {
  const [a, b] = [wordsOf(given), wordsOf(known)]
  const [first, last] = [a[0] === b[0], a.at(-1) === b.at(-1)]
  const plain = overlap(a, b)
  const named = overlap(a.map(formal), b.map(formal))
  // A middle name that one side lacks leaves a strong match.
  const same = formal(a[0] ?? '') === formal(b[0] ?? '') && last
  return {
    score: Math.max(plain, named - (named > plain ? 5 : 0), same ? 85 : 0),
    is_first_name_or_last_name_match: first || last,
    is_nickname_match: !first && formal(a[0] ?? '') === formal(b[0] ?? ''),
    is_business_name_detected: BUSINESS.test(given) || BUSINESS.test(known)
  }
}

const lastTen = (phone: string) => phone.replace(/\D/g, '').slice(-10)
const withoutTag = (email: string) => email.toLowerCase().replace(/\+[^@]*@/, '@')

const matchPhone = (given: string, known: string) => ({
  score: lastTen(given) === lastTen(known) ? 100 : 0
})
const matchEmail = (given: string, known: string) => {
  if (given.toLowerCase() === known.toLowerCase()) return { score: 100 }
  return { score: withoutTag(given) === withoutTag(known) ? 90 : 0 }
}

const ADDRESS_WEIGHTS = { street: 50, postal_code: 25, city: 15, region: 10 } as const

function matchAddress(given: NonNullable<MatchUser['address']>, known: typeof given) {
  const equal = (field: keyof typeof ADDRESS_WEIGHTS) =>
    overlap(wordsOf(given[field] ?? ''), wordsOf(known[field] ?? '')) / 100
  const score = Object.entries(ADDRESS_WEIGHTS).reduce(
    (sum, [field, weight]) => sum + weight * equal(field as keyof typeof ADDRESS_WEIGHTS),
    0
  )
  return { score: Math.round(score), is_postal_code_match: equal('postal_code') === 1 }
}

const NO_SCORE = { score: null }
const NO_NAME = {
  ...NO_SCORE,
  is_first_name_or_last_name_match: null,
  is_nickname_match: null,
  is_business_name_detected: null
}
const NO_ADDRESS = { ...NO_SCORE, is_postal_code_match: null }

/** The best match of one value among those of all owners; `none` where either side has none. */
function best<Value, Match extends { score: number }, None>(
  given: Value | undefined,
  known: readonly Value[],
  match: (given: Value, known: Value) => Match,
  none: None
): Match | None {
  if (given === undefined) return none
  return known.map((one) => match(given, one)).toSorted((a, b) => b.score - a.score)[0] ?? none
}

export const matchOwners = (user: MatchUser, owners: readonly Owner[]) => ({
  legal_name: best(
    user.legal_name,
    owners.flatMap(({ names }) => names),
    matchName,
    NO_NAME
  ),
  phone_number: best(
    user.phone_number,
    owners.flatMap((owner) => owner.phone_numbers.map(({ data }) => data)),
    matchPhone,
    NO_SCORE
  ),
  email_address: best(
    user.email_address,
    owners.flatMap((owner) => owner.emails.map(({ data }) => data)),
    matchEmail,
    NO_SCORE
  ),
  address: best(
    user.address,
    owners.flatMap((owner) => owner.addresses.map(({ data }) => data)),
    matchAddress,
    NO_ADDRESS
  )
})
