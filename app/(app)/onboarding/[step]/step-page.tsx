import { redirect } from 'next/navigation'
import { toWireBankAccount, toWireDocument } from '@/app/_lib/serializers/resources'
import { AccountCard } from '@/components/account/account-card'
import { AddBank } from '@/components/connections/link/add-bank'
import { PreLink } from '@/components/connections/link/link-intro'
import { AgreementsForm } from '@/components/onboarding/agreements-form'
import { CheckAnswers } from '@/components/onboarding/application-review'
import { ConfirmPhone } from '@/components/onboarding/confirm-phone'
import { SsnForm } from '@/components/onboarding/ssn-form'
import {
  OpeningScreen,
  StatusScreen,
  SubmittingScreen
} from '@/components/onboarding/status-screens'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { UserActor } from '@/lib/domain/users/actor'
import { CONFIRM_PHONE, type OnboardingFacts } from '@/lib/domain/onboarding/onboarding'
import { DataService, PangeaService } from '@/lib/services'

type Props = { step: string; person: UserActor; facts: OnboardingFacts }

/** The steps around the questions: agreeing, checking, sending, waiting, and what comes after the yes. */
export async function StepPage({ step, person, facts }: Props) {
  const status = facts.application?.status ?? null
  const number = facts.draft.phone?.number
  if (step === CONFIRM_PHONE && number) return <ConfirmPhone key={number} number={number} />
  if (step === 'agreements')
    return <AgreementsForm agreedVersion={facts.consent?.version ?? null} />
  if (step === 'check') {
    const [contact, agreementsVersion] = [
      await PangeaService.findContact(person),
      facts.consent?.version ?? ''
    ]
    return (
      <CheckAnswers
        answers={facts.draft}
        contact={contact}
        agreementsVersion={agreementsVersion}
        refused={facts.refusedAt !== null}
      />
    )
  }
  if (step === 'submit') return <SsnForm again={false} />
  if (step === 'ssn-again') return <SsnForm again />
  if (step === 'submitting')
    return <SubmittingScreen status={status} startedAt={facts.application?.startedAt ?? null} />
  if (step === 'account') return <OpeningScreen status={status} />
  if (step === 'link-bank') return <LinkBank person={person} />
  const application = await DataService.findApplication(person)
  return (
    <StatusScreen status={status} documents={(application?.documents ?? []).map(toWireDocument)} />
  )
}

async function LinkBank({ person }: { person: UserActor }) {
  const account = await DataService.findBankAccount(person)
  if (!account) redirect('/onboarding')
  return (
    <>
      <Notice tone="good" title="Your account is open" className="mb-5">
        You’re approved. Use these numbers for direct deposit and transfers.
      </Notice>
      <AccountCard initial={toWireBankAccount(account)} />
      <h1 className="mt-12 font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        Add the banks you already have
      </h1>
      <div className="mt-4">
        <PreLink>
          <AddBank
            firstLink
            aside={
              <ButtonLink href="/dashboard" look="bare">
                Not now
              </ButtonLink>
            }
          />
        </PreLink>
      </div>
    </>
  )
}
