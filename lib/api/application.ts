/** What /api/v1/application accepts, question by question. Messages tell the person what to do. */
import { z } from 'zod'
import { EMPLOYMENTS, INCOMES, isOccupied, NET_WORTHS } from '../domain/application'
import { isRealDate } from '../domain/dates'
import { COUNTRIES, ELSEWHERE, STATES } from '../domain/places'

/** Invisible characters and doubled spaces come along with pasted text. */
const clean = (value: string) =>
  value
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

const answer = (missing: string) => z.string({ error: missing }).transform(clean)
const required = (missing: string, max: number, tooLong: string) => answer(missing).pipe(z.string().min(1, missing).max(max, tooLong))
const optional = (max: number, tooLong: string) =>
  z
    .string()
    .nullish()
    .transform((value) => clean(value ?? '') || null)
    .pipe(z.string().max(max, tooLong).nullable())
const choice = <T extends string>(values: readonly [T, ...T[]], missing: string) => z.enum(values, { error: missing })
/** Whatever people put between digits, dashes of every length included. */
const digits = (value: string) => value.replace(/[\s().\u2212\p{Pd}]/gu, '')

const codesOf = (places: readonly (readonly [string, string])[]) => places.map(([code]) => code) as [string, ...string[]]

const Name = z.object({
  firstName: required('Enter your first name', 50, 'First name must be 50 characters or fewer'),
  middleName: optional(50, 'Middle name must be 50 characters or fewer'),
  lastName: required('Enter your last name', 50, 'Last name must be 50 characters or fewer')
})

const DateOfBirth = z
  .object({ month: answer('Enter the month you were born'), day: answer('Enter the day you were born'), year: answer('Enter the year you were born') })
  .transform(({ month, day, year }, context) => {
    const [m, d, y] = [month, day, year].map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN)) as [number, number, number]
    if (!month && !day && !year) return fail(context, 'month', 'Enter your date of birth')
    if (!(m >= 1 && m <= 12)) return fail(context, 'month', 'Month must be a number from 1 to 12')
    if (!(d >= 1 && d <= 31)) return fail(context, 'day', 'Day must be a number from 1 to 31')
    if (!/^\d{4}$/.test(year)) return fail(context, 'year', 'Year must have 4 digits')
    if (!isRealDate(y, m, d)) return fail(context, 'day', 'Enter a real date, such as 3 27 1985')
    if (y < 1900) return fail(context, 'year', 'Year must be 1900 or later')
    return { date: `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` }
  })

const Citizenship = z
  .object({ citizen: choice(['US', 'OTHER'], 'Choose your citizenship'), country: z.string().nullish() })
  .transform(({ citizen, country }, context) => {
    if (citizen === 'US') return { country: 'US' }
    return country && COUNTRIES.includes(country) ? { country } : fail(context, 'country', 'Choose the country you are a citizen of')
  })

const Phone = z.object({ number: answer('Enter your mobile phone number') }).transform(({ number }, context) => {
  const plain = digits(number)
  if (!plain) return fail(context, 'number', 'Enter your mobile phone number')
  const national = /^(?:\+?1)?([2-9]\d{2}[2-9]\d{6})$/.exec(plain)
  return national ? { number: `+1${national[1]}` } : fail(context, 'number', 'Enter a US phone number with 10 digits, such as 415 555 0132')
})

const POST_OFFICE_BOX = /\b(p\.?\s*o\.?\s*b(ox)?|post\s+office\s+box)(?![a-z])/i
const notBox = (line: string | null) => !POST_OFFICE_BOX.test(line ?? '')
const NO_BOX = 'Enter the street address where you live, not a PO box'

const Home = z.object({
  street: required('Enter your street address', 250, 'Street address must be 250 characters or fewer').refine(notBox, NO_BOX),
  street2: optional(250, 'Apartment or unit must be 250 characters or fewer').refine(notBox, NO_BOX),
  city: required('Enter your city', 250, 'City must be 250 characters or fewer'),
  state: choice(codesOf(STATES), 'Choose your state'),
  postalCode: answer('Enter your ZIP code')
    .transform(digits)
    .pipe(z.string().regex(/^\d{5}(\d{4})?$/, 'Enter a ZIP code with 5 digits, such as 94103'))
    .transform((zip) => zip.replace(/^(\d{5})(\d{4})$/, '$1-$2'))
})

/** Somebody who lives elsewhere has no other part of the address to get right: they are told that the bank does not serve them. */
const Abroad = z.object({ state: choice(codesOf(ELSEWHERE), 'Choose your state') })

const Address = z.unknown().transform((typed, context): z.output<typeof Home> => {
  const abroad = Abroad.safeParse(typed)
  if (abroad.success) return { street: '', street2: null, city: '', state: abroad.data.state, postalCode: '' }
  const home = Home.safeParse(typed)
  if (home.success) return home.data
  for (const { path, message } of home.error.issues) context.addIssue({ code: 'custom', path, message })
  return z.NEVER
})

const Work = z
  .object({ employment: choice(EMPLOYMENTS, 'Choose what describes you best'), occupation: optional(200, 'That must be 200 characters or fewer') })
  .refine(({ employment, occupation }) => employment !== 'EMPLOYED' || (occupation?.length ?? 0) >= 2, { path: ['occupation'], error: 'Enter your job title' })
  .transform(({ employment, occupation }) => ({ employment, occupation: isOccupied(employment) ? occupation : null }))

const Affiliations = z.object({
  brokerDealer: optional(200, 'Name of the firm must be 200 characters or fewer'),
  directorOf: optional(200, 'Name of the company must be 200 characters or fewer')
})

function fail(context: z.RefinementCtx, field: string, message: string): never {
  context.addIssue({ code: 'custom', path: [field], message })
  return z.NEVER
}

/** The body of PUT /api/v1/application/draft: one question and its answer as typed. */
export const DraftInput = z.discriminatedUnion('question', [
  z.object({ question: z.literal('name'), answer: Name }),
  z.object({ question: z.literal('dateOfBirth'), answer: DateOfBirth }),
  z.object({ question: z.literal('citizenship'), answer: Citizenship }),
  z.object({ question: z.literal('phone'), answer: Phone }),
  z.object({ question: z.literal('address'), answer: Address }),
  z.object({ question: z.literal('work'), answer: Work }),
  z.object({ question: z.literal('income'), answer: z.object({ income: choice(INCOMES, 'Choose your yearly income') }) }),
  z.object({ question: z.literal('netWorth'), answer: z.object({ netWorth: choice(NET_WORTHS, 'Choose your net worth') }) }),
  z.object({ question: z.literal('affiliations'), answer: Affiliations })
])
export type DraftInput = z.output<typeof DraftInput>

/** The body of POST /api/v1/application/agreements: the version that was on the screen, and the number that its test page showed. */
export const AgreementsInput = z.object({
  version: z.string().min(1).max(200),
  shown: answer('Enter the number that the test page shows')
    .transform(digits)
    .pipe(z.string().regex(/^\d{4}$/, 'Enter the number that the test page shows, such as 1234')),
  agreed: z.literal(true, { error: 'Tick the box to agree to the documents' })
})
export type AgreementsInput = z.output<typeof AgreementsInput>

/** The body of POST /api/v1/application/submit. The number goes to the bank in this request and nowhere else. */
export const SubmitInput = z.object({
  ssn: answer('Enter your Social Security number')
    .transform(digits)
    .pipe(
      z
        .string()
        .min(1, 'Enter your Social Security number')
        .regex(/^(?!000|666)\d{3}(?!00)\d{2}(?!0000)\d{4}$/, 'Enter a Social Security number with 9 digits, such as 123 45 6789')
    )
})
export type SubmitInput = z.output<typeof SubmitInput>

export type { ApplicationState } from '../domain/onboarding'
