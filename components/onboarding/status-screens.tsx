import { Clock3, FileText, Landmark, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { DocumentList } from '@/components/onboarding/documents/document-list'
import { StepRefresher } from '@/components/onboarding/step-refresher'
import { ButtonLink } from '@/components/ui/button'
import type { DocumentResponse } from '@/lib/api/responses'
import { toOutcome } from '@/lib/domain/onboarding/application'

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

/** How long the bank may take to answer before this page stops calling it usual. */
const EXPECTED_MS = 2 * 60_000

/** Between pressing the button and the bank's first answer. */
export function SubmittingScreen({
  status,
  startedAt
}: {
  status: string | null
  startedAt: string | null
}) {
  const slow = startedAt !== null && Date.now() - Date.parse(startedAt) > EXPECTED_MS
  return (
    <Screen
      icon={Send}
      title={slow ? 'The bank has not confirmed your application yet' : 'Sending your application'}
    >
      {slow ? (
        <p>
          It has your answers, but it has not said yet that it is looking at them. We ask again
          every minute, and you need not send anything twice. You can close this page. If nothing
          has moved by tomorrow, the bank’s support can look it up by your name and e-mail address.
        </p>
      ) : (
        <p>
          Your answers are on their way to the bank. This usually takes a few seconds. You can close
          this page: the application goes on without you.
        </p>
      )}
      <StepRefresher step="submitting" status={status} />
    </Screen>
  )
}

/** The bank said yes and the account is being opened. */
export function OpeningScreen({ status }: { status: string | null }) {
  return (
    <Screen icon={Landmark} title="You are approved">
      <p>
        The bank is opening your account now. Your routing and account number appear here in a
        moment.
      </p>
      <StepRefresher step="account" status={status} />
    </Screen>
  )
}

type WaitingText = { title: string; description: string; time: string }

const NEXT_STEP_TEXT =
  'You do not need to do anything. You can close this page and come back: we show the answer here as soon as the bank gives it.'

/** One entry for every word of the bank's that means waiting. */
const WAITING_TEXTS: Record<string, WaitingText> = {
  CREATED: {
    title: 'The bank has your application',
    description: 'It has arrived, and the check of your details has not begun yet.',
    time: 'This usually takes less than a minute.'
  },
  PENDING: {
    title: 'The bank has your application',
    description: 'It is in line for the check of your details.',
    time: 'This usually takes a few minutes. If it has not moved after one business day, it may be looked at by hand.'
  },
  SUBMITTED: {
    title: 'The bank has your application',
    description: 'The bank is checking your details.',
    time: 'Most people get an answer within a minute; some applications take longer.'
  },
  MANUAL_REVIEW: {
    title: 'Your application is being reviewed',
    description: 'A person at the bank is looking at your application.',
    time: 'This can take a few business days.'
  }
}

/** The bank's list of statuses may grow; a new word is told as what it surely is. */
const UNKNOWN_TEXT: WaitingText = {
  title: 'The bank is still working on your application',
  description: 'It has not decided yet.',
  time: 'We cannot say how long this step takes. We ask the bank again every minute.'
}

/** What the bank says about an application that was sent. */
export function StatusScreen({
  status,
  documents
}: {
  status: string | null
  documents: DocumentResponse[]
}) {
  const outcome = toOutcome(status ?? '')
  if (outcome === 'rejected') return <RejectedScreen />
  if (outcome === 'documents_needed')
    return <DocumentsScreen status={status} documents={documents} />
  const { title, description: meaning, time } = WAITING_TEXTS[status ?? 'SUBMITTED'] ?? UNKNOWN_TEXT
  return (
    <Screen icon={Clock3} title={title}>
      <p>
        {meaning} {time}
      </p>
      <p>{NEXT_STEP_TEXT}</p>
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
  return (
    <Screen icon={FileText} title="The bank needs to see more documents">
      <p>Before it can decide, the bank has asked for the following. A photo of each is enough.</p>
      <DocumentList initial={documents} />
      <p className="text-[0.9375rem] text-muted leading-6">
        Each photo goes straight to the bank; we keep no copy. Once the bank has everything it
        usually decides within a few minutes, sometimes within a few business days. Your application
        stays open and your answers are kept.
      </p>
      <StepRefresher step="status" status={status} />
    </Screen>
  )
}

/** No reason is given because we are told none: the bank decides, and the bank explains. */
function RejectedScreen() {
  return (
    <Screen icon={Landmark} title="The bank could not open an account for you">
      <p>The bank has looked at your application and decided not to open an account.</p>
      <p>
        It will send you a notice about this decision, with how to reach the bank and how to see any
        report that it used. We are not told the reasons.
      </p>
      <p>You can still use Pangea to see the banks you already have in one place.</p>
      <div className="pt-3">
        <ButtonLink href="/connections">Add a bank account</ButtonLink>
      </div>
    </Screen>
  )
}
