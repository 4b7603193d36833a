'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import useSWR from 'swr'
import { errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { ButtonLink } from '@/components/ui/button'
import { NumberText } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { SyncResponse } from '@/lib/api/responses'

type Props = { connectionId: string; bank: string | null; doneHref: string }

const bankName = (bank: string | null) => bank ?? 'Your bank'

/** Progress of the first sync: counts transactions, then shows the next step. */
export function FirstSyncProgress({ connectionId, bank, doneHref }: Props) {
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

  const dashboardLink = (
    <ButtonLink href={doneHref} variant="quiet">
      Go to your dashboard
    </ButtonLink>
  )
  if (data?.status === 'failed') {
    return (
      <Notice tone="warn" live title={`${bankName(bank)} is added`} action={dashboardLink}>
        Its transactions could not be read yet. We try again within six hours. You can also refresh
        it under Connections.
      </Notice>
    )
  }
  return (
    <div className="rounded-card border border-line bg-surface p-6">
      <h2 className="font-semibold text-lg">{bankName(bank)} is added</h2>
      <p className="mt-1 text-muted">
        {done
          ? 'Your transactions are here.'
          : 'Reading your accounts and transactions. You do not have to wait here.'}
      </p>
      <p className="mt-5 flex items-baseline gap-2" aria-live="polite">
        <span className="font-semibold text-4xl tabular-nums tracking-[-0.02em]">
          <NumberText value={data?.added ?? 0} />
        </span>
        <span className="text-muted">{data?.added === 1 ? 'transaction' : 'transactions'}</span>
      </p>
      <div className="mt-4 h-1.5 overflow-hidden rounded-full bg-sunken">
        <div
          className={
            done
              ? 'h-full w-full bg-accent'
              : 'h-full w-1/3 rounded-full bg-accent motion-safe:animate-[slide_1.4s_ease-in-out_infinite]'
          }
        />
      </div>
      {error && <p className="mt-3 text-muted text-sm">{errorMessage(error)}</p>}
      <div className="mt-5">{dashboardLink}</div>
    </div>
  )
}
