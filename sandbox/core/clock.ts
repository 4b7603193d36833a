/**
 * The emulator's clock: real time plus an offset that tests and the console change. Signatures and
 * tokens never use it.
 */
import type { Store } from '@/sandbox/core/store'

export type Clock = { now(): Date; advance(milliseconds: number): void; reset(): void }

export function createClock(store: Store): Clock {
  const kept = store.collection<{ id: string; offset: number }>('clock')
  const offset = () => kept.get('clock')?.offset ?? 0
  return {
    now: () => new Date(Date.now() + offset()),
    advance: (milliseconds) => {
      kept.put({ id: 'clock', offset: offset() + milliseconds })
    },
    reset: () => kept.delete('clock')
  }
}
