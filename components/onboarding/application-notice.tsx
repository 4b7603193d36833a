import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { toOutcome } from '@/lib/domain/onboarding/application'
import type { OnboardingStep } from '@/lib/domain/onboarding/onboarding'

/** The next step of the application. Renders nothing once it is approved or rejected. */
export function ApplicationNotice({
  step,
  status
}: {
  step: OnboardingStep
  status: string | null
}) {
  if (step === 'done' || step === 'link-bank' || toOutcome(status ?? '') === 'rejected') return null
  const { title, text, action } = noticeFor(step, status)
  return (
    <Notice
      title={title}
      action={
        <ButtonLink href="/onboarding" variant="quiet">
          {action}
        </ButtonLink>
      }
    >
      {text}
    </Notice>
  )
}

function noticeFor(
  step: OnboardingStep,
  status: string | null
): { title: string; text: string; action: string } {
  if (step === 'ssn-again')
    return {
      title: 'Your application needs one more thing',
      text: 'Jiko did not confirm that it arrived. We need one more detail to resubmit your application.',
      action: 'Finish applying'
    }
  if (status && toOutcome(status) === 'documents_needed')
    return {
      title: 'Jiko needs to see more documents',
      text: 'Your application continues once it has them.',
      action: 'See what is needed'
    }
  if (step === 'status' || step === 'submitting')
    return {
      title: 'Jiko has your application',
      text: 'You’ll see the decision here as soon as it’s made.',
      action: 'Check its status'
    }
  if (step === 'account')
    return {
      title: 'You’re approved',
      text: 'Jiko is opening your account.',
      action: 'See your account'
    }
  return {
    title: 'Finish opening your account',
    text: 'Your answers so far are saved.',
    action: 'Continue'
  }
}
