import { redirect } from 'next/navigation'
import { useText } from '#text'
import { serializeBankAccount, serializeDocument } from '@/app/_lib/serializers/resources'
import { AccountCard } from '@/components/account/account-card'
import { AgreementsForm } from '@/components/onboarding/agreements/agreements-form'
import { ApplicationReview } from '@/components/onboarding/application-review'
import { ConfirmPhone } from '@/components/onboarding/confirm-phone'
import { NextSteps } from '@/components/onboarding/next-steps'
import { SsnForm } from '@/components/onboarding/ssn-form'
import {
  OpeningScreen,
  StatusScreen,
  SubmittingScreen
} from '@/components/onboarding/status-screens'
import { Notice } from '@/components/ui/notice'
import { CONFIRM_PHONE, type OnboardingFacts } from '@/lib/domain/onboarding/onboarding'
import type { TextKey } from '@/lib/domain/text/text'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'

type Props = { step: string; user: UserActor; facts: OnboardingFacts }

/**
 * The onboarding steps that are not questions: phone, agreements, review, submission, status,
 * account.
 */
export async function StepPage({ step, user, facts }: Props) {
  const status = facts.application?.status ?? null
  const number = facts.draft.phone?.number
  if (step === CONFIRM_PHONE && number) return <ConfirmPhone key={number} number={number} />
  if (step === 'agreements')
    return <AgreementsForm agreedVersion={facts.consent?.version ?? null} />
  if (step === 'check') {
    const [contact, agreementsVersion] = [
      await PangeaService.findContact(user),
      facts.consent?.version ?? ''
    ]
    return (
      <ApplicationReview
        answers={facts.draft}
        contact={contact}
        agreementsVersion={agreementsVersion}
        wasRefused={facts.refusedAt !== null}
      />
    )
  }
  if (step === 'submit') return <SsnForm isResubmission={false} />
  if (step === 'ssn-again') return <SsnForm isResubmission />
  if (step === 'submitting')
    return <SubmittingScreen status={status} startedAt={facts.application?.startedAt ?? null} />
  if (step === 'account') return <OpeningScreen status={status} />
  if (step === 'link-bank') return <LinkBank user={user} />
  const application = await DataService.findApplication(user)
  return (
    <StatusScreen
      status={status}
      documents={(application?.documents ?? []).map(serializeDocument)}
    />
  )
}

async function LinkBank({ user }: { user: UserActor }) {
  const account = await DataService.findBankAccount(user)
  if (!account) redirect('/onboarding')
  return (
    <>
      <AccountIsOpen />
      <NextSteps>
        <AccountCard initial={serializeBankAccount(account)} />
      </NextSteps>
    </>
  )
}

function AccountIsOpen() {
  const text = useText('onboarding')
  return (
    <Notice tone="good" title={text('Your account is open')} className="mb-8">
      {text('You’re approved. Your routing and account numbers are below.')}
    </Notice>
  )
}

/** Page titles of the onboarding steps that are not questions. */
export const STEP_TITLES: Record<string, TextKey<'onboarding'>> = {
  'confirm-phone': 'Confirm your phone number',
  agreements: 'Read and agree to Jiko’s documents',
  check: 'Check your answers',
  submit: 'What is your Social Security number?',
  'ssn-again': 'Enter your Social Security number once more',
  submitting: 'Sending your application',
  status: 'Your application',
  account: 'You’re approved',
  'link-bank': 'Two next steps'
}
