import 'server-only'
import { uptime } from '@/lib/platform/clock'
import { singleton } from '@/lib/platform/globals'

/** Above this many entries the ended windows are dropped. */
const MAX_ENTRIES = 10_000

type Window = { endsAt: number; taken: number }
const windows = () => singleton('local-budgets', () => new Map<string, Window>())

/**
 * Takes `amount` of a budget that this process counts alone: with several processes each has the
 * whole budget. The last call may exceed it.
 */
export function consumeLocalBudget(
  key: string,
  { limit, windowMs }: { limit: number; windowMs: number },
  amount = 1
): { allowed: boolean; retryAfterMs: number } {
  const all = windows()
  const at = uptime()
  let window = all.get(key)
  if (!window || window.endsAt <= at) {
    if (all.size >= MAX_ENTRIES)
      for (const [name, { endsAt }] of all) if (endsAt <= at) all.delete(name)
    window = { endsAt: at + windowMs, taken: 0 }
    all.set(key, window)
  }
  const allowed = window.taken < limit
  if (allowed) window.taken += amount
  return { allowed, retryAfterMs: allowed ? 0 : Math.ceil(window.endsAt - at) }
}
