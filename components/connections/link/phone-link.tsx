'use client'

import { Smartphone } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useText } from '#text'
import { QrCode } from '@/components/connections/link/qr-code'
import { apiSend, errorMessage, isApiError } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFooter } from '@/components/ui/dialog'
import { useFormatting } from '@/components/ui/formatting'
import type { HostedLinkProgressResponse, HostedLinkResponse } from '@/lib/api/responses'
import type { Text } from '@/lib/domain/text/text'

type Linked = { connectionId: string; bank: string | null }

const POLL_MS = 3_000
/** After two minutes, the user is probably not at it. */
const SLOW_POLL_MS = 10_000
const QUICK_POLLS = 40

/** Link on the user's phone: a code to scan, and the progress here until the bank is added. */
export function PhoneLink({
  busy,
  onLinked
}: {
  busy: boolean
  onLinked: (linked: Linked) => void
}) {
  const [link, setLink] = useState<HostedLinkResponse | null>(null)
  const text = useText('connections')
  const start = useMutation(async () =>
    setLink(await apiSend<HostedLinkResponse>('/api/v1/bank/hosted', {}))
  )
  return (
    <>
      <Button
        variant="bare"
        busy={busy || start.busy}
        onClick={() => void start.mutate()}
        className="-ml-5 mt-1 hidden sm:inline-flex"
      >
        <Smartphone aria-hidden="true" className="size-5" />
        {text('Continue on my phone')}
      </Button>
      {!link && start.failure && (
        <p role="alert" className="mt-2 text-danger">
          {start.failure}
        </p>
      )}
      {link && (
        <PhoneDialog
          key={link.visit}
          link={link}
          onLinked={(linked) => {
            setLink(null)
            onLinked(linked)
          }}
          onClose={() => setLink(null)}
          restart={start}
        />
      )}
    </>
  )
}

type Restart = { busy: boolean; failure: string; mutate: () => Promise<void> }

function PhoneDialog({
  link,
  onLinked,
  onClose,
  restart
}: {
  link: HostedLinkResponse
  onLinked: (linked: Linked) => void
  onClose: () => void
  restart: Restart
}) {
  const text = useText('connections')
  const { progress, failure } = useHostedLink(link.visit, onLinked)
  const ended = failure !== '' || progress?.status === 'closed' || progress?.status === 'expired'
  return (
    <Dialog title={text('Continue on your phone')} onClose={onClose}>
      {!ended && <CodeToScan link={link} />}
      <p role="status" className="mt-5 text-center font-medium">
        {failure || progressLabel(progress, text)}
      </p>
      {ended && (
        <DialogFooter failure={restart.failure} onCancel={onClose}>
          <Button busy={restart.busy} onClick={() => void restart.mutate()}>
            {text('New code')}
          </Button>
        </DialogFooter>
      )}
    </Dialog>
  )
}

function CodeToScan({ link }: { link: HostedLinkResponse }) {
  const format = useFormatting()
  const text = useText('connections')
  return (
    <>
      <p className="mt-2 text-muted leading-6">
        {text(
          'Scan the code with your phone’s camera and sign in to your bank there. Keep this page open.'
        )}
      </p>
      <div className="mt-5">
        <QrCode text={link.url} label={text('QR code for your phone')} />
      </div>
      <p className="mt-3 text-center text-muted text-sm">
        {text.rich(
          'For you only: it adds one bank to your account, once. Valid until {time}. <link>Open it on this device</link>',
          {
            time: format.instant(link.expiresAt),
            link: (part) => (
              <a
                key="link"
                href={link.url}
                target="_blank"
                rel="noreferrer"
                className="text-accent underline"
              >
                {part}
              </a>
            )
          }
        )}
      </p>
    </>
  )
}

function progressLabel(
  progress: HostedLinkProgressResponse | null,
  text: Text<'connections'>
): string {
  if (progress?.status === 'closed')
    return text('Plaid was closed on your phone. No bank was added.')
  if (progress?.status === 'expired') return text('The code has expired.')
  if (progress?.status === 'linked') return text('Adding your bank')
  if (progress?.status === 'open')
    return progress.bank
      ? text('Signing in to {bank} on your phone', { bank: progress.bank })
      : text('Plaid is open on your phone')
  return text('Waiting for your phone')
}

/** Asks for the progress until the session ends. A failure that may pass is asked again. */
function useHostedLink(visit: string, onLinked: (linked: Linked) => void) {
  const [progress, setProgress] = useState<HostedLinkProgressResponse | null>(null)
  const [failure, setFailure] = useState('')
  /** @returns whether the session goes on. */
  const ask = useEffectEvent(async (): Promise<boolean> => {
    try {
      const next = await apiSend<HostedLinkProgressResponse>(`/api/v1/bank/hosted/${visit}`, {})
      setProgress(next)
      if (next.connectionId) onLinked({ connectionId: next.connectionId, bank: next.bank })
      return next.status === 'waiting' || next.status === 'open'
    } catch (thrown) {
      const passing = isApiError(thrown) && (thrown.status === 0 || thrown.status >= 429)
      if (!passing) setFailure(errorMessage(thrown))
      return passing
    }
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    let polls = 0
    const next = async () => {
      polls++
      if ((await ask()) && !stopped)
        timer = setTimeout(next, polls < QUICK_POLLS ? POLL_MS : SLOW_POLL_MS)
    }
    timer = setTimeout(next, POLL_MS)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [])
  return { progress, failure }
}
