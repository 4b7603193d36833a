'use client'

import { useEffect, useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { Button } from '@/components/ui/button'
import type { SyncRequestResponse } from '@/lib/api/responses'

/** Requests a sync of one bank; shows the remaining cooldown. */
export function SyncButton({ id, bank }: { id: string; bank: string }) {
  const [until, setUntil] = useState(0)
  const secondsLeft = useCountdown(until)
  const text = useText('connections')
  const { busy, failure, mutate } = useMutation(async () => {
    const { restMs } = await apiSend<SyncRequestResponse>(`/api/v1/connections/${id}/sync`, {})
    setUntil(Date.now() + restMs)
  })
  return (
    <>
      <Button variant="quiet" busy={busy || secondsLeft > 0} onClick={() => void mutate()}>
        {secondsLeft > 0
          ? text('Again in {seconds} s', { seconds: secondsLeft })
          : text('Check now')}
        <span className="sr-only">: {bank}</span>
      </Button>
      <p role="status" className="order-last basis-full text-muted text-sm empty:hidden">
        {failure ||
          (secondsLeft > 0 &&
            text('Checking for new transactions. They appear here automatically.'))}
      </p>
    </>
  )
}

/** Seconds until a timestamp, updated every second; 0 once it has passed. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (until === 0) return
    const tick = () => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }
    const timer = setInterval(tick, 1_000)
    tick()
    return () => clearInterval(timer)
  }, [until])
  return now === 0 || now >= until ? 0 : Math.ceil((until - now) / 1_000)
}
