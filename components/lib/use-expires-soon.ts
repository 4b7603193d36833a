import { useEffect, useState } from 'react'

const CHECK_INTERVAL_MS = 15_000

/**
 * Whether a timestamp (ms) is less than `leadMs` away and not yet past. Polls, because timers pause
 * while a computer sleeps.
 */
export function useExpiresSoon(expiresAt: number | null, leadMs: number): boolean {
  const [soon, setSoon] = useState(false)
  useEffect(() => {
    const check = () => {
      const remainingMs = expiresAt === null ? Number.NaN : expiresAt - Date.now()
      setSoon(remainingMs > 0 && remainingMs <= leadMs)
    }
    check()
    const timer = setInterval(check, CHECK_INTERVAL_MS)
    return () => clearInterval(timer)
  }, [expiresAt, leadMs])
  return soon
}
