import 'server-only'
import { sql } from 'drizzle-orm'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { tokenContext } from '@/lib/services/data/connections/connections'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, query } from '@/lib/services/data/sql/query'
import { dbNow } from '@/lib/services/data/sql/query-helpers'
import { rowType } from '@/lib/services/data/sql/row-type'
import { connectionSecrets, rateLimits } from '@/xata/schema'

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
  state.now ??=
    execute(sql`insert into ${rateLimits} as l (key, window_started_at, taken) values ('health', ${dbNow()}, 1)
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

const encryptionState = () =>
  singleton('encryption', () => ({ result: null as 'ok' | 'key_wrong' | null }))

/**
 * Whether this process's keys decrypt what is stored: one access token per key id, checked once per
 * process, because keys change only with a restart. Logs `encryption.wrong_key` if not.
 * @throws IntegrationError when the storage does not respond.
 */
export async function checkEncryption(): Promise<'ok' | 'key_wrong'> {
  const state = encryptionState()
  if (state.result) return state.result
  const keyId = sql`split_part(sealed_access_token, '.', 1)`
  const found = await query(
    rowType({
      connectionId: connectionSecrets.connectionId,
      userId: connectionSecrets.userId,
      token: connectionSecrets.sealedAccessToken
    }),
    sql`
    select distinct on (${keyId}) connection_id as "connectionId", user_id as "userId", sealed_access_token as token from ${connectionSecrets} order by ${keyId}, created_at desc`
  )
  state.result = found.every((secret) =>
    canDecrypt(secret.token, tokenContext(secret.connectionId, secret.userId))
  )
    ? 'ok'
    : 'key_wrong'
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
