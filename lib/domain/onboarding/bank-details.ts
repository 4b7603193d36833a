/** Answers that a linked bank suggests. The user confirms or changes each of them. */
import type { ApplicationDraft, BankDetails } from '@/lib/domain/onboarding/application'
import type { QuestionKey } from '@/lib/domain/onboarding/onboarding'
import { UNSERVED_REGIONS, US_STATES } from '@/lib/domain/onboarding/states-and-countries'
import { findPostOfficeBox } from '@/lib/domain/onboarding/us-address'

/** The owner of an account as the bank knows them. */
export type AccountOwner = {
  names: string[]
  phones: { number: string; type: string | null; primary: boolean }[]
  addresses: {
    street: string
    city: string
    region: string
    postalCode: string
    country: string | null
    primary: boolean
  }[]
}

/** What can be used of an owner; null if nothing. */
export function toBankDetails(owner: AccountOwner, bank: string): BankDetails | null {
  const name = owner.names.map(toName).find((one) => one !== null)
  const phone = toPhone(owner.phones)
  const address = toAddress(owner.addresses)
  if (!name && !phone && !address) return null
  return {
    bank,
    ...(name ? { name } : {}),
    ...(phone ? { phone } : {}),
    ...(address ? { address } : {})
  }
}

/** Names of two people, and of a business, are not the applicant's. */
const NOT_ONE_PERSON = /&|\b(and|or|llc|inc|corp|ltd|trust|estate)\b/i

function toName(text: string): ApplicationDraft['name'] | null {
  const words = text.trim().split(/\s+/)
  const [firstName, ...others] = words.map(inTitleCase)
  const lastName = others.pop()
  if (!firstName || !lastName || NOT_ONE_PERSON.test(text)) return null
  return { firstName, middleName: others.join(' ') || null, lastName }
}

/** Banks often write in capitals. */
const inTitleCase = (word: string): string =>
  word === word.toUpperCase()
    ? word.toLowerCase().replace(/(^|[-'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : word

/** A mobile number before the primary one. */
function toPhone(phones: AccountOwner['phones']): ApplicationDraft['phone'] | null {
  const rank = ({ type, primary }: AccountOwner['phones'][number]) =>
    type?.startsWith('mobile') ? 0 : primary ? 1 : 2
  for (const { number } of phones.toSorted((a, b) => rank(a) - rank(b))) {
    const national = /^1?([2-9]\d{2}[2-9]\d{6})$/.exec(number.replace(/\D/g, ''))
    if (national) return { number: `+1${national[1]}` }
  }
  return null
}

const STATES = new Set<string>([...US_STATES, ...UNSERVED_REGIONS].map(([code]) => code))

/** A home address in the US. */
function toAddress(addresses: AccountOwner['addresses']): ApplicationDraft['address'] | null {
  const sorted = addresses.toSorted((a, b) => Number(b.primary) - Number(a.primary))
  for (const { street, city, region, postalCode, country } of sorted) {
    const zip = /^(\d{5})(-?\d{4})?$/.exec(postalCode)?.[1]
    const isUs = country === null || country === 'US'
    if (!isUs || !zip || !street || !city || !STATES.has(region)) continue
    if (findPostOfficeBox(street, null)) continue
    return { street, street2: null, city, state: region, postalCode: zip }
  }
  return null
}

/** What the form of a question shows, and the bank that it is from. */
export function suggestAnswer(
  draft: ApplicationDraft,
  question: QuestionKey
): { answers: ApplicationDraft; bank: string | null } {
  const { fromBank } = draft
  if (!fromBank || draft[question] || !(question in fromBank)) return { answers: draft, bank: null }
  const { bank, ...details } = fromBank
  return { answers: { ...details, ...draft }, bank }
}
