import { Clock3, FileText, Landmark, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { DocumentList } from '@/components/onboarding/documents/document-list'
import { StepRefresher } from '@/components/onboarding/step-refresher'
import { SupportContact } from '@/components/site/support-contact'
import { ButtonLink } from '@/components/ui/button'
import type { DocumentResponse } from '@/lib/api/responses'
import { toOutcome } from '@/lib/domain/onboarding/application'
import type { TextKey } from '@/lib/domain/text/text'

type Icon = typeof Clock3

export function Screen({
  icon: Icon,
  title,
  children
}: {
  icon: Icon
  title: string
  children: ReactNode
}) {
  return (
    <>
      <span className="mb-5 inline-flex size-12 items-center justify-center rounded-full bg-accent-soft text-accent">
        <Icon aria-hidden="true" className="size-6" strokeWidth={1.75} />
      </span>
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">{title}</h1>
      <div className="mt-3 space-y-3 leading-7">{children}</div>
    </>
  )
}

/** Time in ms after which a missing response is called unusual. */
const EXPECTED_MS = 2 * 60_000

/** Between submission and Jiko's first response. */
export function SubmittingScreen({
  status,
  startedAt
}: {
  status: string | null
  startedAt: string | null
}) {
  const text = useText('onboarding')
  const slow = startedAt !== null && Date.now() - Date.parse(startedAt) > EXPECTED_MS
  return (
    <Screen
      icon={Send}
      title={
        slow
          ? text('Jiko has not confirmed your application yet')
          : text('Sending your application')
      }
    >
      <p>
        {slow
          ? text(
              'Jiko has your answers but has not confirmed that it is processing them. We keep checking, so you do not need to send anything again. You can close this page. If nothing has changed by tomorrow, Jiko’s support can find your application by your name and e-mail address.'
            )
          : text(
              'We are sending your answers to Jiko. This usually takes a few seconds. You can close this page.'
            )}
      </p>
      {slow && <SupportContact className="text-muted text-sm" />}
      <StepRefresher step="submitting" status={status} />
    </Screen>
  )
}

/** Approved; the account is being opened. */
export function OpeningScreen({ status }: { status: string | null }) {
  const text = useText('onboarding')
  return (
    <Screen icon={Landmark} title={text('You’re approved')}>
      <p>
        {text(
          'Jiko is opening your account now. Your routing and account numbers appear here in a moment.'
        )}
      </p>
      <StepRefresher step="account" status={status} />
    </Screen>
  )
}

type WaitingText = Record<'title' | 'description' | 'time', TextKey<'onboarding'>>

/** Texts of Jiko's statuses that mean waiting. */
const WAITING_TEXTS: Record<string, WaitingText> = {
  CREATED: {
    title: 'Jiko has your application',
    description: 'Jiko has not started to check your details yet.',
    time: 'This usually takes less than a minute.'
  },
  PENDING: {
    title: 'Jiko has your application',
    description: 'Your details are waiting to be checked.',
    time: 'This usually takes a few minutes. If nothing has changed after one business day, Jiko may be reviewing it by hand.'
  },
  SUBMITTED: {
    title: 'Jiko has your application',
    description: 'Jiko is checking your details.',
    time: 'The answer can come within a minute; some applications take longer.'
  },
  MANUAL_REVIEW: {
    title: 'Your application is being reviewed',
    description: 'A specialist at Jiko is reviewing your application.',
    time: 'This can take a few business days.'
  }
}

/** Jiko may add statuses; an unknown one is shown as undecided. */
const UNKNOWN_TEXT: WaitingText = {
  title: 'Jiko is still working on your application',
  description: 'Jiko has not decided yet.',
  time: 'We cannot say how long this step takes. We keep checking with Jiko.'
}

/** Status of a submitted application. */
export function StatusScreen({
  status,
  documents
}: {
  status: string | null
  documents: DocumentResponse[]
}) {
  const text = useText('onboarding')
  const outcome = toOutcome(status ?? '')
  if (outcome === 'rejected') return <RejectedScreen />
  if (outcome === 'documents_needed')
    return <DocumentsScreen status={status} documents={documents} />
  const { title, description: meaning, time } = WAITING_TEXTS[status ?? 'SUBMITTED'] ?? UNKNOWN_TEXT
  return (
    <Screen icon={Clock3} title={text(title)}>
      <p>
        {text(meaning)} {text(time)}
      </p>
      <p>
        {text(
          'There is nothing you need to do. You can close this page: the decision appears here as soon as Jiko makes it.'
        )}
      </p>
      <StepRefresher step="status" status={status} />
    </Screen>
  )
}

function DocumentsScreen({
  status,
  documents
}: {
  status: string | null
  documents: DocumentResponse[]
}) {
  const text = useText('onboarding')
  return (
    <Screen icon={FileText} title={text('Jiko needs to see more documents')}>
      <p>{text('Jiko needs the following before it can decide. A photo of each is enough.')}</p>
      <DocumentList initial={documents} />
      <p className="text-[0.9375rem] text-muted leading-6">
        {text(
          'Each photo goes straight to Jiko; we keep no copy. Once Jiko has everything, it usually decides within a few minutes, sometimes within a few business days. Your application stays open and your answers are saved.'
        )}
      </p>
      <StepRefresher step="status" status={status} />
    </Screen>
  )
}

/** Jiko gives us no reason, so none is shown. */
function RejectedScreen() {
  const text = useText('onboarding')
  return (
    <Screen icon={Landmark} title={text('Jiko could not open an account for you')}>
      <p>{text('Jiko has reviewed your application and decided not to open an account.')}</p>
      <p>
        {text(
          'Jiko will send you a notice about this decision. It explains how to contact Jiko and how to see any report that it used. Jiko does not share the reasons with us.'
        )}
      </p>
      <p>{text('You can still use {brand} to see the banks you already have in one place.')}</p>
      <div className="pt-3">
        <ButtonLink href="/connections">{text('Add a bank account')}</ButtonLink>
      </div>
      <SupportContact className="pt-3 text-muted text-sm" />
    </Screen>
  )
}
