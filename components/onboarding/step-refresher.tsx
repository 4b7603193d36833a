'use client'

import { useEffect } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import type { ApplicationState } from '@/lib/domain/onboarding/onboarding'

/** Polls a waiting page and refreshes it when the step or Jiko's status changes. */
export function StepRefresher({ step, status }: { step: string; status: string | null }) {
  const text = useText('onboarding')
  const refresh = useRefresh()
  const { data, error } = useSWR<ApplicationState>('/api/v1/application', {
    refreshInterval: 10_000
  })
  const hasChanged = data !== undefined && (data.step !== step || data.status !== status)
  useEffect(() => {
    if (hasChanged) void refresh()
  }, [hasChanged, refresh])
  useEffect(() => {
    // Also refreshes relative times on the page.
    const timer = setInterval(() => void refresh(), 2 * 60_000)
    return () => clearInterval(timer)
  }, [refresh])
  return (
    <p role="status" className="mt-6 flex items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="relative flex size-2.5">
        {!error && (
          <span className="absolute inset-0 rounded-full bg-accent opacity-50 motion-safe:animate-ping" />
        )}
        <span
          className={error ? 'size-2.5 rounded-full bg-warn' : 'size-2.5 rounded-full bg-accent'}
        />
      </span>
      <span>{error ? errorMessage(error) : text('This page updates by itself.')}</span>
    </p>
  )
}
