import 'server-only'
import { sql } from 'drizzle-orm'
import { rateLimits } from '../../../xata/schema'
import { once } from '../../platform/globals'
import { moment } from './fragments'
import { rows } from './storage'

const DEADLINE_MS = 2_000

/** `waiting`: no answer yet, which a full pool, a sleeping Xata branch (up to 50 s) and a lost network have in common. */
export type StorageHealth = 'up' | 'read_only' | 'down' | 'waiting'

/** Whether a write succeeds within two seconds: a server that only reads, or is out of disk, answers `select 1` like any other. */
export async function checkStorage(): Promise<StorageHealth> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<StorageHealth>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), DEADLINE_MS)
  })
  return Promise.race([probe(), late]).finally(() => clearTimeout(timer))
}

const running = () => once('storage-probe', () => ({ now: null as Promise<StorageHealth> | null }))

/** Anybody may ask, however often; at most one write of this kind is under way in a process. */
function probe(): Promise<StorageHealth> {
  const state = running()
  state.now ??= rows(sql`insert into ${rateLimits} as l (key, window_started_at, taken) values ('health', ${moment()}, 1)
      on conflict (key) do update set window_started_at = excluded.window_started_at`)
    .then(
      () => 'up' as const,
      ({ code }: { code?: string }) => (code === '25006' ? 'read_only' : 'down')
    )
    .finally(() => {
      state.now = null
    })
  return state.now
}
