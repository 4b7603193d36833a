import 'server-only'
import { sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { sampleEncryptedValues } from '@/lib/services/data/sql/encrypted-columns'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute } from '@/lib/services/data/sql/query'
import { dbNow } from '@/lib/services/data/sql/query-helpers'
import { database } from '@/xata/client'
import { rateLimits } from '@/xata/schema'

const system = systemActor('health')

const DEADLINE_MS = 2_000

/**
 * `waiting`: no response yet. A full pool, a sleeping Xata branch (up to 50 s) and a lost network
 * look the same.
 */
export type StorageHealth = 'up' | 'read_only' | 'down' | 'waiting'

/**
 * Whether a write succeeds within two seconds: a read-only server, or one with a full disk, still
 * answers `select 1`.
 */
export async function checkStorage(): Promise<StorageHealth> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<StorageHealth>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), DEADLINE_MS)
  })
  return Promise.race([probe(), timeout]).finally(() => clearTimeout(timer))
}

const probeState = () =>
  singleton('storage-probe', () => ({ now: null as Promise<StorageHealth> | null }))

/** The endpoint is public, so at most one write runs per process. */
function probe(): Promise<StorageHealth> {
  const state = probeState()
  state.now ??= execute(
    system,
    sql`insert into ${rateLimits} as l (key, window_started_at, taken) values ('health', ${dbNow()}, 1)
      on conflict (key) do update set window_started_at = excluded.window_started_at`
  )
    .then(
      () => 'up' as const,
      ({ code }: { code?: string }) => (code === '25006' ? 'read_only' : 'down')
    )
    .finally(() => {
      state.now = null
    })
  return state.now
}

/** The use of this process's connection pools, by name. */
export const readPoolUse = () => database().use()

const encryptionState = () =>
  singleton('encryption', () => ({ result: null as 'ok' | 'key_wrong' | null }))

/**
 * Whether the keys of this process decrypt the stored values: one per key and table, read once per
 * process, because keys change with a restart only. Logs `encryption.wrong_key` where they do not.
 * @throws IntegrationError when the storage does not respond.
 */
export async function checkEncryption(): Promise<'ok' | 'key_wrong'> {
  const state = encryptionState()
  if (state.result) return state.result
  const samples = await sampleEncryptedValues()
  const readable = samples.filter(({ value, context }) => canDecrypt(value, context))
  state.result = readable.length === samples.length ? 'ok' : 'key_wrong'
  return state.result
}

function canDecrypt(...secret: Parameters<typeof decryptStored>): boolean {
  try {
    decryptStored(...secret)
    return true
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    return false
  }
}
