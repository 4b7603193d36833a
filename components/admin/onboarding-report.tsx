import { joinParts, ListCard, ListItem, UserLink } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { OnboardingReport as Report } from '@/lib/api/admin'

const STEP_NAMES: Record<Report['steps'][number]['step'], string> = {
  signed_up: 'Signed up',
  name: 'Name',
  dateOfBirth: 'Date of birth',
  citizenship: 'Citizenship',
  phone: 'Phone number',
  address: 'Address',
  work: 'Work',
  income: 'Income',
  netWorth: 'Net worth',
  affiliations: 'Affiliations',
  agreements: 'Agreements',
  submitted: 'Application submitted',
  account_open: 'Account open',
  bank_linked: 'Bank linked'
}
const MINUTE = 60
const HOUR = 3_600

function duration(seconds: number | null): string | null {
  if (seconds === null) return null
  if (seconds < MINUTE) return `${Math.round(seconds)} s`
  return seconds < HOUR ? `${Math.round(seconds / MINUTE)} min` : `${Math.round(seconds / HOUR)} h`
}

/** How far the users of the last `days` days came, and who waits for something. */
export function OnboardingReport({ days, report }: { days: number; report: Report }) {
  const { steps, cohorts, linkErrors, stuck } = report
  return (
    <>
      <FunnelCard days={days} steps={cohorts.length ? steps : []} />
      <StuckCard stuck={stuck} />
      <CohortsCard cohorts={cohorts} />
      <LinkErrorsCard linkErrors={linkErrors} />
    </>
  )
}

function FunnelCard({ days, steps }: { days: number } & Pick<Report, 'steps'>) {
  return (
    <ListCard
      id="funnel"
      title={`Onboarding, sign-ups of the last ${days} days`}
      empty="No sign-ups."
      count={steps.length}
    >
      {steps.map(({ step, done, left, medianSeconds }) => (
        <ListItem
          key={step}
          title={STEP_NAMES[step]}
          detail={joinParts(
            left > 0 && `${left} stopped before this step`,
            medianSeconds !== null && `median ${duration(medianSeconds)}`
          )}
          state={String(done)}
        />
      ))}
    </ListCard>
  )
}

function StuckCard({ stuck }: Pick<Report, 'stuck'>) {
  return (
    <ListCard
      id="stuck"
      title="Stuck for more than a day"
      empty="No application is stuck."
      count={stuck.length}
    >
      {stuck.map(({ userId, step, reason, nextAction, since }) => (
        <ListItem
          key={userId}
          title={reason}
          detail={
            <>
              {nextAction} Last step: {STEP_NAMES[step]}, <DateTime at={since} />
              {' · '}
              <UserLink userId={userId} />
            </>
          }
        />
      ))}
    </ListCard>
  )
}

function CohortsCard({ cohorts }: Pick<Report, 'cohorts'>) {
  return (
    <ListCard id="cohorts" title="Sign-ups by day" empty="No sign-ups." count={cohorts.length}>
      {cohorts.map(({ day, signedUp, submitted, accountOpen, bankLinked }) => (
        <ListItem
          key={day}
          title={day}
          detail={`${signedUp} signed up · ${submitted} submitted · ${accountOpen} opened an account · ${bankLinked} linked a bank`}
        />
      ))}
    </ListCard>
  )
}

function LinkErrorsCard({ linkErrors }: Pick<Report, 'linkErrors'>) {
  return (
    <ListCard
      id="link-errors"
      title="Errors that ended Link"
      empty="No errors."
      count={linkErrors.length}
    >
      {linkErrors.map(({ institution, code, count }) => (
        <ListItem
          key={`${institution} ${code}`}
          title={institution}
          detail={code}
          state={String(count)}
        />
      ))}
    </ListCard>
  )
}
