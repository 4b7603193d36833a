/** Texts of each question. */

import type {
  ApplicationDraft,
  EMPLOYMENTS_WITH_OCCUPATION,
  EmploymentStatus
} from '@/lib/domain/onboarding/application'
import type { QuestionKey } from '@/lib/domain/onboarding/onboarding'
import { formatTypedPhone } from '@/lib/domain/onboarding/typed-format'
import type { TextKey } from '@/lib/domain/text/text'

export type FieldSpec = {
  name: string
  /** None where the question is the label. */
  label?: TextKey<'onboarding'>
  autoComplete: string
  hint?: TextKey<'onboarding'>
  inputMode?: 'text' | 'tel' | 'numeric'
  width?: 'full' | 'medium' | 'short'
  /** Formats the text while it is typed. */
  format?: (typed: string) => string
}

export type OptionSpec = { value: string; label: TextKey<'onboarding'> }

export type QuestionSpec = {
  /** The question, used as the page heading. */
  title: TextKey<'onboarding'>
  /** May depend on an earlier answer. */
  hint: TextKey<'onboarding'> | ((answers: ApplicationDraft) => TextKey<'onboarding'>)
  kind: 'text' | 'texts' | 'date' | 'citizenship' | 'address' | 'radios' | 'work'
  fields: FieldSpec[]
  options?: OptionSpec[]
  /** Saved answers as form values. */
  toFormValues: (answers: ApplicationDraft) => Record<string, string>
}

export const EMPLOYMENT_OPTIONS: OptionSpec[] = [
  { value: 'EMPLOYED', label: 'Employed' },
  { value: 'INDEPENDENT', label: 'Self-employed' },
  { value: 'RETIRED', label: 'Retired' },
  { value: 'STUDENT', label: 'Student' },
  { value: 'UNEMPLOYED', label: 'Not working right now' }
]
/** Follow-up field of each kind of work. */
export const OCCUPATION_FIELDS: Record<(typeof EMPLOYMENTS_WITH_OCCUPATION)[number], FieldSpec> = {
  EMPLOYED: { name: 'occupation', label: 'Job title', autoComplete: 'organization-title' },
  INDEPENDENT: {
    name: 'occupation',
    label: 'Occupation (optional)',
    autoComplete: 'organization-title'
  },
  RETIRED: { name: 'occupation', label: 'Former occupation (optional)', autoComplete: 'off' }
}
const INCOME_HINTS: Partial<Record<EmploymentStatus, TextKey<'onboarding'>>> = {
  INDEPENDENT: 'After business costs, before taxes. An estimate is fine.',
  RETIRED: 'Before taxes, with pensions, Social Security and withdrawals. An estimate is fine.',
  STUDENT: 'Before taxes, with grants and what your family gives you. An estimate is fine.',
  UNEMPLOYED: 'Before taxes, with benefits and other support. An estimate is fine.'
}
export const CITIZENSHIP_OPTIONS: OptionSpec[] = [
  { value: 'US', label: 'I am a citizen of the United States' },
  { value: 'OTHER', label: 'I am a citizen of another country' }
]
export const INCOME_OPTIONS: OptionSpec[] = [
  { value: 'BELOW_50K', label: 'Less than $50,000' },
  { value: 'BETWEEN_50K_AND_100K', label: '$50,000 to $100,000' },
  { value: 'BETWEEN_100K_AND_250K', label: '$100,000 to $250,000' },
  { value: 'OVER_250K', label: 'More than $250,000' }
]
export const NET_WORTH_OPTIONS: OptionSpec[] = [
  { value: 'BELOW_50K', label: 'Less than $50,000' },
  { value: 'BETWEEN_50K_AND_200K', label: '$50,000 to $200,000' },
  { value: 'BETWEEN_200K_AND_1M', label: '$200,000 to $1 million' },
  { value: 'BETWEEN_1M_AND_5M', label: '$1 million to $5 million' },
  { value: 'OVER_5M', label: 'More than $5 million' }
]

/** Formats +14155550132 as (415) 555-0132. */
export const formatPhone = (number: string): string =>
  number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')

/** The parts of a saved date as form values. */
function dateParts(date: string | undefined): Record<string, string> {
  const [year = '', month = '', day = ''] = date?.split('-') ?? []
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
}

export const QUESTION_SPECS: Record<QuestionKey, QuestionSpec> = {
  name: {
    title: 'What is your legal name?',
    hint: 'As on your ID. Jiko checks it against its records. Only one name? Enter it as your last name, and FNU as your first name.',
    kind: 'texts',
    fields: [
      { name: 'firstName', label: 'First name', autoComplete: 'given-name' },
      { name: 'middleName', label: 'Middle name (optional)', autoComplete: 'additional-name' },
      { name: 'lastName', label: 'Last name', autoComplete: 'family-name' }
    ],
    toFormValues: ({ name }) => ({
      firstName: name?.firstName ?? '',
      middleName: name?.middleName ?? '',
      lastName: name?.lastName ?? ''
    })
  },
  dateOfBirth: {
    title: 'What is your date of birth?',
    hint: 'For example, 3 27 1985. You need to be 18 or older.',
    kind: 'date',
    fields: [],
    toFormValues: ({ dateOfBirth }) => dateParts(dateOfBirth?.date)
  },
  citizenship: {
    title: 'What is your citizenship?',
    hint: 'You can open an account with any citizenship, as long as you live in the US and have a Social Security number.',
    kind: 'citizenship',
    options: CITIZENSHIP_OPTIONS,
    fields: [],
    toFormValues: ({ citizenship }) => ({
      citizen: citizenship ? (citizenship.country === 'US' ? 'US' : 'OTHER') : '',
      country: citizenship && citizenship.country !== 'US' ? citizenship.country : ''
    })
  },
  phone: {
    title: 'What is your mobile phone number?',
    hint: 'A US number that can receive text messages. Jiko uses it to contact you about your account.',
    kind: 'text',
    fields: [
      {
        name: 'number',
        autoComplete: 'tel',
        inputMode: 'tel',
        width: 'medium',
        format: formatTypedPhone
      }
    ],
    toFormValues: ({ phone }) => ({ number: phone ? formatPhone(phone.number) : '' })
  },
  address: {
    title: 'Where do you live?',
    hint: 'Your home address in the US, or a military address (APO, FPO or DPO). By law, Jiko cannot accept a PO box.',
    kind: 'address',
    fields: [
      { name: 'street', label: 'Street address', autoComplete: 'address-line1' },
      {
        name: 'street2',
        label: 'Apartment or unit (optional)',
        autoComplete: 'address-line2',
        width: 'medium'
      },
      { name: 'city', label: 'City', autoComplete: 'address-level2' },
      {
        name: 'postalCode',
        label: 'ZIP code',
        autoComplete: 'postal-code',
        inputMode: 'numeric',
        width: 'short'
      }
    ],
    toFormValues: ({ address }) => ({
      street: address?.street ?? '',
      street2: address?.street2 ?? '',
      city: address?.city ?? '',
      state: address?.state ?? '',
      postalCode: address?.postalCode ?? ''
    })
  },
  work: {
    title: 'Which describes your work best?',
    hint: 'This is also an investment account, so Jiko must ask.',
    kind: 'work',
    options: EMPLOYMENT_OPTIONS,
    fields: [],
    toFormValues: ({ work }) => ({
      employment: work?.employment ?? '',
      occupation: work?.occupation ?? ''
    })
  },
  income: {
    title: 'How much do you earn in a year?',
    hint: ({ work }) =>
      INCOME_HINTS[work?.employment ?? 'EMPLOYED'] ?? 'Before taxes. An estimate is fine.',
    kind: 'radios',
    options: INCOME_OPTIONS,
    fields: [{ name: 'income', autoComplete: 'off' }],
    toFormValues: ({ income }) => ({ income: income?.income ?? '' })
  },
  netWorth: {
    title: 'What is your net worth?',
    hint: 'Everything you own minus everything you owe, without the home you live in. An estimate is fine.',
    kind: 'radios',
    options: NET_WORTH_OPTIONS,
    fields: [{ name: 'netWorth', autoComplete: 'off' }],
    toFormValues: ({ netWorth }) => ({ netWorth: netWorth?.netWorth ?? '' })
  },
  affiliations: {
    title: 'Does either of these apply to you?',
    hint: 'Most people leave both empty and continue.',
    kind: 'texts',
    fields: [
      {
        name: 'brokerDealer',
        label: 'Broker-dealer you work for (optional)',
        hint: 'If you or someone you live with works for a brokerage firm or an exchange.',
        autoComplete: 'off'
      },
      {
        name: 'directorOf',
        label: 'Public company you help to run (optional)',
        hint: 'If you are a director, a policy maker, or own 10% or more.',
        autoComplete: 'off'
      }
    ],
    toFormValues: ({ affiliations }) => ({
      brokerDealer: affiliations?.brokerDealer ?? '',
      directorOf: affiliations?.directorOf ?? ''
    })
  }
}
