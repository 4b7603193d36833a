import Link from 'next/link'
import type { ReactNode } from 'react'
import {
  EMPLOYMENT_OPTIONS,
  formatPhone,
  INCOME_OPTIONS,
  NET_WORTH_OPTIONS
} from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'
import { ButtonLink } from '@/components/ui/button'
import { DateText } from '@/components/ui/formatting'
import type { Option } from '@/components/ui/forms/choice-fields'
import { Notice } from '@/components/ui/notice'
import { type ApplicationDraft, needsOccupation } from '@/lib/domain/onboarding/application'

type ReviewRow = { label: string; changeLabel: string; href: string; value: ReactNode }
type Contact = { email: string | null; confirmed: boolean | null }

const notProvided = <span className="text-muted">Not provided</span>
const countryName = (code: string) =>
  new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code
const labelOf = (options: Option[], value: string | undefined) =>
  options.find((option) => option.value === value)?.label

const row = (label: string, changeLabel: string, segment: string, value: ReactNode): ReviewRow => ({
  label,
  changeLabel,
  href: `/onboarding/${segment}?return=check`,
  value: value ?? notProvided
})

function reviewRows(answers: ApplicationDraft): ReviewRow[] {
  const { name, dateOfBirth, citizenship, phone, address, work, income, netWorth, affiliations } =
    answers
  const fullName = [name?.firstName, name?.middleName, name?.lastName].filter(Boolean).join(' ')
  return [
    row('Legal name', 'your name', 'name', fullName),
    row(
      'Date of birth',
      'your date of birth',
      'date-of-birth',
      dateOfBirth && <DateText date={dateOfBirth.date} />
    ),
    row(
      'Citizenship',
      'your citizenship',
      'citizenship',
      citizenship && countryName(citizenship.country)
    ),
    row('Mobile phone', 'your phone number', 'phone', phone && formatPhone(phone.number)),
    row('Home address', 'your address', 'address', address && <AddressLines address={address} />),
    row('Work', 'your work', 'work', labelOf(EMPLOYMENT_OPTIONS, work?.employment)),
    ...(work && needsOccupation(work.employment)
      ? [row('Job', 'your job', 'work', work.occupation)]
      : []),
    row('Yearly income', 'your income', 'income', labelOf(INCOME_OPTIONS, income?.income)),
    row('Net worth', 'your net worth', 'net-worth', labelOf(NET_WORTH_OPTIONS, netWorth?.netWorth)),
    row(
      'Broker-dealer you work for',
      'your broker-dealer',
      'affiliations',
      affiliations?.brokerDealer
    ),
    row(
      'Public company you help to run',
      'the public company',
      'affiliations',
      affiliations?.directorOf
    )
  ]
}

function AddressLines({ address }: { address: NonNullable<ApplicationDraft['address']> }) {
  return (
    <>
      {address.street}
      {address.street2 && <>, {address.street2}</>}
      <br />
      {address.city}, {address.state} {address.postalCode}
    </>
  )
}

/** The e-mail address was confirmed at sign-up. */
function Email({ email, confirmed }: Contact) {
  return (
    <>
      <span className="break-words">{email ?? notProvided}</span>
      {confirmed === false && (
        <span className="block text-danger text-sm">
          Confirm this address in your profile before you submit. Jiko requires it.
        </span>
      )}
    </>
  )
}

type Props = {
  answers: ApplicationDraft
  contact: Contact
  agreementsVersion: string
  /** Whether Jiko refused these answers. */
  wasRefused: boolean
}

/** All answers before submission, each with a link to change it that returns here. */
export function ApplicationReview({ answers, contact, agreementsVersion, wasRefused }: Props) {
  const rows: ReviewRow[] = [
    ...reviewRows(answers),
    {
      label: 'E-mail',
      changeLabel: 'your e-mail address',
      href: '/settings',
      value: <Email {...contact} />
    },
    row('Agreements', 'your agreement', 'agreements', `Agreed to version ${agreementsVersion}`)
  ]
  return (
    <>
      <BackLink href="/onboarding/agreements" />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        Check your answers
      </h1>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">
        Jiko will receive these answers, together with your Social Security number in the next step.
      </p>
      {wasRefused && (
        <Notice className="mt-6" tone="warn" title="Jiko could not accept your application">
          No account was opened, and Jiko has not made a decision. Check every answer against your
          ID, correct any mistakes, then submit again. If it happens again with the right answers,
          wait a day before you try again: the problem may be at Jiko.
        </Notice>
      )}
      <dl className="mt-7 divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {rows.map(({ label, changeLabel, href, value }) => (
          <div
            key={label}
            className="grid grid-cols-[1fr_auto] items-start gap-x-4 px-5 py-3.5 sm:grid-cols-[11rem_1fr_auto]"
          >
            <dt className="text-[0.9375rem] text-muted">{label}</dt>
            <dd className="col-start-1 min-w-0 sm:col-start-2 sm:row-start-1">{value}</dd>
            <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3 sm:row-span-1">
              <Link
                href={href}
                className="inline-block min-h-6 rounded font-medium text-[0.9375rem] text-accent underline underline-offset-2"
              >
                Change<span className="sr-only"> {changeLabel}</span>
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <ButtonLink href="/onboarding/submit" className="mt-8 min-w-36 max-sm:w-full">
        Continue
      </ButtonLink>
    </>
  )
}
