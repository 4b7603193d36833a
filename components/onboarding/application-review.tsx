import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import {
  EMPLOYMENT_OPTIONS,
  formatPhone,
  INCOME_OPTIONS,
  NET_WORTH_OPTIONS,
  type OptionSpec
} from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'
import { ButtonLink } from '@/components/ui/button'
import { DateText } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import { type ApplicationDraft, needsOccupation } from '@/lib/domain/onboarding/application'
import type { Text, TextKey } from '@/lib/domain/text/text'

type ReviewRow = {
  label: TextKey<'onboarding'>
  /** Of the link that leads to the answer. */
  change: TextKey<'onboarding'>
  href: string
  value: ReactNode
}
type Contact = { email: string | null; confirmed: boolean | null }

const countryName = (code: string, { language }: Text<'onboarding'>) =>
  new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code

function labelOf(options: OptionSpec[], value: string | undefined, text: Text<'onboarding'>) {
  const chosen = options.find((option) => option.value === value)
  return chosen && text(chosen.label)
}

const row = (
  label: ReviewRow['label'],
  change: ReviewRow['change'],
  segment: string,
  value: ReactNode
): ReviewRow => ({
  label,
  change,
  href: `/onboarding/${segment}?return=check`,
  value: value ?? <NotProvided />
})

function NotProvided() {
  const text = useText('onboarding')
  return <span className="text-muted">{text('Not provided')}</span>
}

const reviewRows = (answers: ApplicationDraft, text: Text<'onboarding'>): ReviewRow[] => [
  ...personRows(answers, text),
  ...workRows(answers, text)
]

function personRows(answers: ApplicationDraft, text: Text<'onboarding'>): ReviewRow[] {
  const { name, dateOfBirth, citizenship, phone, address } = answers
  const fullName = [name?.firstName, name?.middleName, name?.lastName].filter(Boolean).join(' ')
  return [
    row('Legal name', 'Change<hidden> your name</hidden>', 'name', fullName),
    row(
      'Date of birth',
      'Change<hidden> your date of birth</hidden>',
      'date-of-birth',
      dateOfBirth && <DateText date={dateOfBirth.date} />
    ),
    row(
      'Citizenship',
      'Change<hidden> your citizenship</hidden>',
      'citizenship',
      citizenship && countryName(citizenship.country, text)
    ),
    row(
      'Mobile phone',
      'Change<hidden> your phone number</hidden>',
      'phone',
      phone && formatPhone(phone.number)
    ),
    row(
      'Home address',
      'Change<hidden> your address</hidden>',
      'address',
      address && <AddressLines address={address} />
    )
  ]
}

function workRows(answers: ApplicationDraft, text: Text<'onboarding'>): ReviewRow[] {
  const { work, income, netWorth, affiliations } = answers
  return [
    row(
      'Work',
      'Change<hidden> your work</hidden>',
      'work',
      labelOf(EMPLOYMENT_OPTIONS, work?.employment, text)
    ),
    ...(work && needsOccupation(work.employment)
      ? [row('Job', 'Change<hidden> your job</hidden>', 'work', work.occupation)]
      : []),
    row(
      'Yearly income',
      'Change<hidden> your income</hidden>',
      'income',
      labelOf(INCOME_OPTIONS, income?.income, text)
    ),
    row(
      'Net worth',
      'Change<hidden> your net worth</hidden>',
      'net-worth',
      labelOf(NET_WORTH_OPTIONS, netWorth?.netWorth, text)
    ),
    row(
      'Broker-dealer you work for',
      'Change<hidden> your broker-dealer</hidden>',
      'affiliations',
      affiliations?.brokerDealer
    ),
    row(
      'Public company you help to run',
      'Change<hidden> the public company</hidden>',
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
  const text = useText('onboarding')
  return (
    <>
      <span className="break-words">{email ?? <NotProvided />}</span>
      {confirmed === false && (
        <span className="block text-danger text-sm">
          {text('Confirm this address in your profile before you submit. Jiko requires it.')}
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
  const text = useText('onboarding')
  const rows: ReviewRow[] = [
    ...reviewRows(answers, text),
    {
      label: 'E-mail',
      change: 'Change<hidden> your e-mail address</hidden>',
      href: '/settings',
      value: <Email {...contact} />
    },
    row(
      'Agreements',
      'Change<hidden> your agreement</hidden>',
      'agreements',
      text('Agreed to version {version}', { version: agreementsVersion })
    )
  ]
  return (
    <>
      <BackLink href="/onboarding/agreements" />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('Check your answers')}
      </h1>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">
        {text(
          'Jiko will receive these answers, together with your Social Security number in the next step.'
        )}
      </p>
      {wasRefused && (
        <Notice className="mt-6" tone="warn" title={text('Jiko could not accept your application')}>
          {text(
            'No account was opened, and Jiko has not made a decision. Check every answer against your ID, correct any mistakes, then submit again. If it happens again with the right answers, wait a day before you try again: the problem may be at Jiko.'
          )}
        </Notice>
      )}
      <dl className="mt-7 divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {rows.map((one) => (
          <Row key={one.label} {...one} />
        ))}
      </dl>
      <ButtonLink href="/onboarding/submit" className="mt-8 min-w-36 max-sm:w-full">
        {text('Continue')}
      </ButtonLink>
    </>
  )
}

function Row({ label, change, href, value }: ReviewRow) {
  const text = useText('onboarding')
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-x-4 px-5 py-3.5 sm:grid-cols-[11rem_1fr_auto]">
      <dt className="text-[0.9375rem] text-muted">{text(label)}</dt>
      <dd className="col-start-1 min-w-0 sm:col-start-2 sm:row-start-1">{value}</dd>
      <dd className="col-start-2 row-span-2 row-start-1 sm:col-start-3 sm:row-span-1">
        <Link
          href={href}
          className="inline-block min-h-6 rounded font-medium text-[0.9375rem] text-accent underline underline-offset-2"
        >
          {text.rich(change, {
            hidden: (part) => (
              <span key="hidden" className="sr-only">
                {part}
              </span>
            )
          })}
        </Link>
      </dd>
    </div>
  )
}
