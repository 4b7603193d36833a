'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { ButtonLink } from '@/components/ui/button'

import { Notice } from '@/components/ui/notice'
import type { SyncResponse } from '@/lib/api/responses'

type Props = { connectionId: string; bank: string | null; doneHref: string }

/** Progress of the first sync: counts transactions, then shows the next step. */
export function FirstSyncProgress({ connectionId, bank, doneHref }: Props) {
  const text = useText('connections')
  const router = useRouter()
  const refresh = useRefresh()
  const { data, error } = useSWR<SyncResponse>(`/api/v1/connections/${connectionId}/progress`, {
    refreshInterval: 1_000
  })
  const done = data?.status === 'completed'
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => {
      router.push(doneHref)
      void refresh()
    }, 1_200)
    return () => clearTimeout(timer)
  }, [done, doneHref, router, refresh])

  const title = text('{bank} is added', { bank: bank ?? text('Your bank') })
  const dashboardLink = (
    <ButtonLink href={doneHref} variant="quiet">
      {text('Go to your dashboard')}
    </ButtonLink>
  )
  if (data?.status === 'failed') {
    return (
      <Notice tone="warn" live title={title} action={dashboardLink}>
        {text(
          'Its transactions could not be read yet. We try again within six hours. You can also refresh it under Connections.'
        )}
      </Notice>
    )
  }
  return (
    <div className="rounded-card border border-line bg-surface p-6">
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="mt-1 text-muted">
        {text(
          done
            ? 'Your transactions are here.'
            : 'Reading your accounts and transactions. You do not have to wait here.'
        )}
      </p>
      <TransactionCount count={data?.added ?? 0} />
      <ProgressBar done={done} />
      {error && <p className="mt-3 text-muted text-sm">{errorMessage(error)}</p>}
      <div className="mt-5">{dashboardLink}</div>
    </div>
  )
}

function TransactionCount({ count }: { count: number }) {
  const text = useText('connections')
  return (
    <p className="mt-5 flex items-baseline gap-2" aria-live="polite">
      {text.rich(
        '{count, plural, one {<number>#</number> <unit>transaction</unit>} other {<number>#</number> <unit>transactions</unit>}}',
        {
          count,
          number: (part) => (
            <span
              key="number"
              suppressHydrationWarning
              className="font-semibold text-4xl tabular-nums tracking-[-0.02em]"
            >
              {part}
            </span>
          ),
          unit: (part) => (
            <span key="unit" className="text-muted">
              {part}
            </span>
          )
        }
      )}
    </p>
  )
}

const ProgressBar = ({ done }: { done: boolean }) => (
  <div className="mt-4 h-1.5 overflow-hidden rounded-full bg-sunken">
    <div
      className={
        done
          ? 'h-full w-full bg-accent'
          : 'h-full w-1/3 rounded-full bg-accent motion-safe:animate-[slide_1.4s_ease-in-out_infinite]'
      }
    />
  </div>
)
