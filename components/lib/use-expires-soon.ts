import { useEffect, useState } from 'react'

const LOOK_MS = 15_000

/** Whether an instant (ms) is less than `leadMs` away and not yet past. Looked at again and again: a timer rests while a computer sleeps. */
export function useEndsSoon(at: number | null, leadMs: number): boolean {
  const [soon, setSoon] = useState(false)
  useEffect(() => {
    const look = () => {
      const left = at === null ? Number.NaN : at - Date.now()
      setSoon(left > 0 && left <= leadMs)
    }
    look()
    const looking = setInterval(look, LOOK_MS)
    return () => clearInterval(looking)
  }, [at, leadMs])
  return soon
}
