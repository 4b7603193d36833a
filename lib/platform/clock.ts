import 'server-only'
import { singleton } from '@/lib/platform/globals'

const state = () => singleton('clock', () => ({ offset: 0 }))

/** The app's time. Only in-process tests move it; signatures and tokens are always judged by real time. */
export const now = (): Date => new Date(Date.now() + state().offset)

/** Milliseconds since the process began. For intervals: unlike `now`, it does not change when the machine's clock is set. */
export const uptime = (): number => performance.now() + state().offset

/** Moves the app's time forward, for tests. */
export function advanceClock(milliseconds: number): void {
  state().offset += milliseconds
}
