import { useText } from '#text'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { toOutcome } from '@/lib/domain/onboarding/application'
import type { OnboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { TextKey } from '@/lib/domain/text/text'

/** The next step of the application. Renders nothing once it is approved or rejected. */
export function ApplicationNotice({
  step,
  status
}: {
  step: OnboardingStep
  status: string | null
}) {
  const text = useText('onboarding')
  if (step === 'done' || step === 'link-bank' || toOutcome(status ?? '') === 'rejected') return null
  const { title, body, action } = noticeFor(step, status)
  return (
    <Notice
      title={text(title)}
      action={
        <ButtonLink href="/onboarding" variant="quiet">
          {text(action)}
        </ButtonLink>
      }
    >
      {text(body)}
    </Notice>
  )
}

function noticeFor(
  step: OnboardingStep,
  status: string | null
): Record<'title' | 'body' | 'action', TextKey<'onboarding'>> {
  if (step === 'ssn-again')
    return {
      title: 'Your application needs one more thing',
      body: 'Jiko did not confirm that it arrived. We need one more detail to resubmit your application.',
      action: 'Finish applying'
    }
  if (status && toOutcome(status) === 'documents_needed')
    return {
      title: 'Jiko needs to see more documents',
      body: 'Your application continues once it has them.',
      action: 'See what is needed'
    }
  if (step === 'status' || step === 'submitting')
    return {
      title: 'Jiko has your application',
      body: 'You’ll see the decision here as soon as it’s made.',
      action: 'Check its status'
    }
  if (step === 'account')
    return {
      title: 'You’re approved',
      body: 'Jiko is opening your account.',
      action: 'See your account'
    }
  return {
    title: 'Finish opening your account',
    body: 'Your answers so far are saved.',
    action: 'Continue'
  }
}
