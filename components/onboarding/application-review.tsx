import Link from 'next/link'
import type { ReactNode } from 'react'
import { type ApplicationDraft, needsOccupation } from '@/lib/domain/onboarding/application'
import type { Option } from '@/components/ui/forms/choice-fields'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Day } from '@/components/ui/formatting'
import { EMPLOYMENT, INCOME, NET_WORTH, writtenPhone } from '@/components/onboarding/questions'
import { BackLink } from '@/components/onboarding/step-layout'

type Row = { label: string; change: string; href: string; value: ReactNode }
type Contact = { email: string | null; confirmed: boolean | null }

const at = (segment: string) => `/onboarding/${segment}?return=check`
const nothing = <span className="text-muted">Not provided</span>
const countryName = (code: string) =>
  new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code
const labelOf = (options: Option[], value: string | undefined) =>
  options.find((option) => option.value === value)?.label ?? nothing

function rowsOf(answers: ApplicationDraft): Row[] {
  const { name, dateOfBirth, citizenship, phone, address, work, income, netWorth, affiliations } =
    answers
  return [
    {
      label: 'Legal name',
      change: 'your name',
      href: at('name'),
      value: [name?.firstName, name?.middleName, name?.lastName].filter(Boolean).join(' ')
    },
    {
      label: 'Date of birth',
      change: 'your date of birth',
      href: at('date-of-birth'),
      value: dateOfBirth ? <Day on={dateOfBirth.date} /> : nothing
    },
    {
      label: 'Citizenship',
      change: 'your citizenship',
      href: at('citizenship'),
      value: citizenship ? countryName(citizenship.country) : nothing
    },
    {
      label: 'Mobile phone',
      change: 'your phone number',
      href: at('phone'),
      value: phone ? writtenPhone(phone.number) : nothing
    },
    {
      label: 'Home address',
      change: 'your address',
      href: at('address'),
      value: address ? <AddressLines address={address} /> : nothing
    },
    {
      label: 'Work',
      change: 'your work',
      href: at('work'),
      value: labelOf(EMPLOYMENT, work?.employment)
    },
    ...(work && needsOccupation(work.employment)
      ? [
          {
            label: 'Job',
            change: 'what you do',
            href: at('work'),
            value: work.occupation ?? nothing
          }
        ]
      : []),
    {
      label: 'Yearly income',
      change: 'your income',
      href: at('income'),
      value: labelOf(INCOME, income?.income)
    },
    {
      label: 'Net worth',
      change: 'your net worth',
      href: at('net-worth'),
      value: labelOf(NET_WORTH, netWorth?.netWorth)
    },
    {
      label: 'Broker-dealer you work for',
      change: 'your broker-dealer',
      href: at('affiliations'),
      value: affiliations?.brokerDealer ?? nothing
    },
    {
      label: 'Public company you help to run',
      change: 'the public company',
      href: at('affiliations'),
      value: affiliations?.directorOf ?? nothing
    }
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

/** Taken over from the sign-up, where it was confirmed. */
function Email({ email, confirmed }: Contact) {
  return (
    <>
      <span className="break-words">{email ?? nothing}</span>
      {confirmed === false && (
        <span className="block text-danger text-sm">
          Confirm this address in your profile before you submit: the bank asks for that.
        </span>
      )}
    </>
  )
}

type Props = {
  answers: ApplicationDraft
  contact: Contact
  agreementsVersion: string
  /** Whether the bank would not have these answers as they were. */
  refused: boolean
}

/** Everything that will be sent, each with a way to change it that comes straight back here. */
export function CheckAnswers({ answers, contact, agreementsVersion, refused }: Props) {
  const rows: Row[] = [
    ...rowsOf(answers),
    {
      label: 'E-mail',
      change: 'your e-mail address',
      href: '/settings',
      value: <Email {...contact} />
    },
    {
      label: 'Agreements',
      change: 'your agreement',
      href: at('agreements'),
      value: `Agreed to version ${agreementsVersion}`
    }
  ]
  return (
    <>
      <BackLink href="/onboarding/agreements" />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        Check your answers
      </h1>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">
        This is what the bank will receive, together with your Social Security number in the next
        step.
      </p>
      {refused && (
        <Notice
          className="mt-6"
          tone="warn"
          title="The bank could not accept your application as it was"
        >
          No account was opened, and nothing was decided about you. Check every answer against your
          ID, change what is not right, then submit again. If it happens once more with everything
          right, wait a day before you try again: the fault may be the bank’s.
        </Notice>
      )}
      <dl className="mt-7 divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {rows.map(({ label, change, href, value }) => (
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
                Change<span className="sr-only"> {change}</span>
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      <ButtonLink href="/onboarding/submit" className="mt-8 min-w-36">
        Continue
      </ButtonLink>
    </>
  )
}
