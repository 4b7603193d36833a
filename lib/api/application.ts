/**
 * Requests and responses of /api/v1/application, one schema per question. Messages tell the user
 * what to do.
 */
import { z } from 'zod'
import { LinkTokenResponse } from '@/lib/api/responses'
import {
  choiceField,
  isName,
  optionalText,
  requiredText,
  stripSeparators,
  textField
} from '@/lib/api/text-fields'
import { validate } from '@/lib/api/validation'
import { isRealDate } from '@/lib/domain/dates'
import {
  EMPLOYMENT_STATUSES,
  INCOME_RANGES,
  NET_WORTH_RANGES,
  needsOccupation
} from '@/lib/domain/onboarding/application'
import { INELIGIBLE } from '@/lib/domain/onboarding/eligibility'
import { ONBOARDING_STEPS } from '@/lib/domain/onboarding/onboarding'
import {
  COUNTRIES,
  UNSERVED_REGIONS,
  US_STATES
} from '@/lib/domain/onboarding/states-and-countries'
import { findPostOfficeBox, stateForZip } from '@/lib/domain/onboarding/us-address'

const codesOf = (places: readonly (readonly [string, string])[]) =>
  places.map(([code]) => code) as [string, ...string[]]

const NAME_LETTERS = 'must have only letters, spaces, hyphens and apostrophes, as on your ID'
const ONE_NAME = 'If you have only one name, enter it as your last name and FNU as your first name'

const Name = z.object({
  firstName: requiredText(
    `Enter your first name. ${ONE_NAME}`,
    50,
    'First name must be 50 characters or fewer'
  ).refine(isName, `First name ${NAME_LETTERS}`),
  middleName: optionalText(50, 'Middle name must be 50 characters or fewer').refine(
    isName,
    `Middle name ${NAME_LETTERS}`
  ),
  lastName: requiredText(
    `Enter your last name. ${ONE_NAME}`,
    50,
    'Last name must be 50 characters or fewer'
  ).refine(isName, `Last name ${NAME_LETTERS}`)
})

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december'
]

/** @returns 1 to 12 for "3", "03", "March", "mar." or "Sept"; NaN otherwise. */
function monthOf(typed: string): number {
  if (/^\d{1,2}$/.test(typed)) return Number(typed)
  const name = typed.toLowerCase().replace(/\.$/, '')
  const index = name.length >= 3 ? MONTHS.findIndex((month) => month.startsWith(name)) : -1
  return index < 0 ? Number.NaN : index + 1
}

const DateOfBirth = z
  .object({
    month: textField('Enter the month you were born'),
    day: textField('Enter the day you were born'),
    year: textField('Enter the year you were born')
  })
  .transform(({ month, day, year }, context) => {
    if (!month && !day && !year) return addIssue(context, 'month', 'Enter your date of birth')
    const [m, d, y] = [
      monthOf(month),
      /^\d{1,2}$/.test(day) ? Number(day) : Number.NaN,
      /^\d{4}$/.test(year) ? Number(year) : Number.NaN
    ]
    const wrong: [field: string, message: string][] = []
    if (!(m >= 1 && m <= 12))
      wrong.push([
        'month',
        month
          ? 'Month must be a number from 1 to 12, or a name such as March'
          : 'Enter the month you were born'
      ])
    if (!(d >= 1 && d <= 31))
      wrong.push(['day', day ? 'Day must be a number from 1 to 31' : 'Enter the day you were born'])
    if (Number.isNaN(y))
      wrong.push(['year', year ? 'Year must have 4 digits' : 'Enter the year you were born'])
    else if (y < 1900) wrong.push(['year', 'Year must be 1900 or later'])
    if (!wrong.length && !isRealDate(y, m, d))
      wrong.push(['day', 'Enter a real date, such as 3 27 1985'])
    for (const [field, message] of wrong)
      context.addIssue({ code: 'custom', path: [field], message })
    return wrong.length
      ? z.NEVER
      : { date: `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` }
  })

const Citizenship = z
  .object({
    citizen: choiceField(['US', 'OTHER'], 'Choose your citizenship'),
    country: z.string().nullish()
  })
  .transform(({ citizen, country }, context) => {
    if (citizen === 'US') return { country: 'US' }
    return country && COUNTRIES.includes(country)
      ? { country }
      : addIssue(context, 'country', 'Choose the country you are a citizen of')
  })

const Phone = z
  .object({ number: textField('Enter your mobile phone number') })
  .transform(({ number }, context) => {
    const plain = stripSeparators(number)
    if (!plain) return addIssue(context, 'number', 'Enter your mobile phone number')
    const national = /^(?:\+?1)?([2-9]\d{2}[2-9]\d{6})$/.exec(plain)
    return national
      ? { number: `+1${national[1]}` }
      : addIssue(context, 'number', 'Enter a US phone number with 10 digits, such as 415 555 0132')
  })

const NO_PO_BOX = 'Enter the street address where you live, not a PO box'

const HomeAddress = z.object({
  street: requiredText(
    'Enter your street address',
    250,
    'Street address must be 250 characters or fewer'
  ),
  street2: optionalText(250, 'Apartment or unit must be 250 characters or fewer'),
  city: requiredText('Enter your city', 250, 'City must be 250 characters or fewer'),
  state: choiceField(codesOf(US_STATES), 'Choose your state'),
  postalCode: textField('Enter your ZIP code')
    .transform(stripSeparators)
    .pipe(z.string().regex(/^\d{5}(\d{4})?$/, 'Enter a ZIP code with 5 digits, such as 94103'))
    .transform((zip) => zip.replace(/^(\d{5})(\d{4})$/, '$1-$2'))
})

/** Outside the served states only the state matters: the user is ineligible. */
const AddressOutsideStates = z.object({
  state: choiceField(codesOf(UNSERVED_REGIONS), 'Choose your state')
})
/** State and ZIP code of a mismatch that the user confirmed, such as "NV94103". */
const ConfirmedZip = z.object({ confirmedZip: z.string().max(50).transform(stripSeparators) })

const readAddress = z.unknown().transform((typed, context): z.output<typeof HomeAddress> => {
  const abroad = AddressOutsideStates.safeParse(typed)
  if (abroad.success)
    return { street: '', street2: null, city: '', state: abroad.data.state, postalCode: '' }
  const home = validate(HomeAddress, typed)
  if (!home.success) {
    for (const { path, message } of home.error.issues)
      context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  }
  const { street, street2, state, postalCode } = home.data
  const box = findPostOfficeBox(street, street2)
  if (box) context.addIssue({ code: 'custom', path: [box], message: NO_PO_BOX })
  const expected = stateForZip(postalCode)
  const confirmed =
    ConfirmedZip.safeParse(typed).data?.confirmedZip === stripSeparators(`${state}${postalCode}`)
  if (expected && expected !== state && !confirmed) {
    const message = `ZIP code ${postalCode} is usually in ${nameOf(expected)}. Check the ZIP code and the state, or continue if both are right`
    context.addIssue({ code: 'custom', path: ['postalCode'], message })
  }
  return home.data
})
/** The body for the API's document; the checks above run one after the other. */
const { $schema: _, ...addressShape } = z.toJSONSchema(HomeAddress, { io: 'input' })
const Address = readAddress.meta(addressShape)

const nameOf = (state: string) => US_STATES.find(([code]) => code === state)?.[1] ?? state

const Work = z
  .object({
    employment: choiceField(EMPLOYMENT_STATUSES, 'Choose what describes you best'),
    occupation: optionalText(200, 'That must be 200 characters or fewer')
  })
  .refine(
    ({ employment, occupation }) => employment !== 'EMPLOYED' || (occupation?.length ?? 0) >= 2,
    { path: ['occupation'], error: 'Enter your job title' }
  )
  .transform(({ employment, occupation }) => ({
    employment,
    occupation: needsOccupation(employment) ? occupation : null
  }))

const Affiliations = z.object({
  brokerDealer: optionalText(200, 'Name of the firm must be 200 characters or fewer'),
  directorOf: optionalText(200, 'Name of the company must be 200 characters or fewer')
})

function addIssue(context: z.RefinementCtx, field: string, message: string): never {
  context.addIssue({ code: 'custom', path: [field], message })
  return z.NEVER
}

/** The body of PUT /api/v1/application/draft. */
export const DraftInput = z.discriminatedUnion('question', [
  z.object({ question: z.literal('name'), answer: Name }),
  z.object({ question: z.literal('dateOfBirth'), answer: DateOfBirth }),
  z.object({ question: z.literal('citizenship'), answer: Citizenship }),
  z.object({ question: z.literal('phone'), answer: Phone }),
  z.object({ question: z.literal('address'), answer: Address }),
  z.object({ question: z.literal('work'), answer: Work }),
  z.object({
    question: z.literal('income'),
    answer: z.object({ income: choiceField(INCOME_RANGES, 'Choose your yearly income') })
  }),
  z.object({
    question: z.literal('netWorth'),
    answer: z.object({ netWorth: choiceField(NET_WORTH_RANGES, 'Choose your net worth') })
  }),
  z.object({ question: z.literal('affiliations'), answer: Affiliations })
])
export type DraftInput = z.output<typeof DraftInput>

/**
 * The body of POST /api/v1/application/agreements/esign: the version, and the number on the test
 * page.
 */
export const EsignConsentInput = z.object({
  version: z.string().min(1).max(200),
  /** The number of the test page; empty after its link was followed. */
  shown: textField('Enter the number that the test page shows')
    .transform(stripSeparators)
    .pipe(z.string().regex(/^(\d{4})?$/, 'Enter the number that the test page shows, such as 1234'))
    .default(''),
  agreed: z.literal(true, { error: 'Tick the box to agree to electronic documents' })
})

/** The body of POST /api/v1/application/agreements: the groups of documents that are agreed to. */
export const AgreementsInput = z.object({
  version: z.string().min(1).max(200),
  agreed: z.array(z.string().max(100)).max(50)
})

/** The body of POST /api/v1/application/agreements/esign-check: the token of the test page's link. */
export const EsignLinkInput = z.object({ token: z.string().max(200) })

/** The query of GET /api/v1/application/agreements/esign-check: the encrypted page token. */
export const TestPageQuery = z.object({ page: z.string().default('') })

/**
 * The body of POST /api/v1/application/submit. The SSN goes to Jiko in this request and is never
 * stored.
 */
export const SubmitInput = z.object({
  ssn: textField('Enter your Social Security number')
    .transform(stripSeparators)
    .pipe(
      z
        .string()
        .min(1, 'Enter your Social Security number')
        .regex(
          /^(?!000|666)\d{3}(?!00)\d{2}(?!0000)\d{4}$/,
          'Enter a Social Security number with 9 digits, such as 123 45 6789'
        )
    )
})
export type SubmitInput = z.output<typeof SubmitInput>

/** The body of POST /api/v1/application/prefill. */
export const PrefillInput = z.object({ connectionId: z.uuid() })
/** Whether there are suggestions to confirm. */
export const PrefillResponse = z.strictObject({ filled: z.boolean() })

/** The response to every change of the application. With `ineligible`, nothing was saved. */
export const WireApplication = z.strictObject({
  step: z.enum(ONBOARDING_STEPS),
  ineligible: z.enum(INELIGIBLE).nullable(),
  status: z.string().nullable()
})
/** `link` and `linkToken` open Plaid Link if linking a bank is the next step. */
export const WireOnboarded = z.strictObject({
  userId: z.string(),
  bankAccountId: z.string().nullable(),
  linkToken: z.string().nullable(),
  step: z.string(),
  link: LinkTokenResponse.nullable()
})
