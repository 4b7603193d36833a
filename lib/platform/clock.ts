import 'server-only'
import { singleton } from '@/lib/platform/globals'

const state = () => singleton('clock', () => ({ offset: 0 }))

/**
 * The app's current time. In-process tests can advance it; signatures and tokens always use real
 * time.
 */
export const now = (): Date => new Date(Date.now() + state().offset)

/**
 * Milliseconds since process start. For intervals: unlike `now`, it ignores changes of the system
 * clock.
 */
export const uptime = (): number => performance.now() + state().offset

/** Advances the app's time, for tests. */
export function advanceClock(milliseconds: number): void {
  state().offset += milliseconds
}
