/** Rotation of encryption keys: every stored value is encrypted under the newest one. */
import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { type KeyUse, summarizeKeys } from '@/lib/domain/users/admin'
import { keyIds, newestKeyId } from '@/lib/platform/crypto'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'

const app = systemActor('key-rotation')
/** Small, so that no statement holds rows for long while users work. */
const BATCH = 200

/** The keys, and how many stored values use each. @throws IntegrationError. */
export const listKeyUse = async (): Promise<KeyUse[]> =>
  summarizeKeys(keyIds(), await DataService.countEncryptedValues())

/**
 * Encrypts every stored value under the newest key, while the app runs. What is left follows from
 * the rows, so an interrupted rotation is resumed by starting it again.
 * @returns how many values were changed, and how many no configured key decrypts.
 * @throws IntegrationError if the storage does not respond.
 */
export async function rotateKeys({
  batch = BATCH
}: {
  batch?: number
} = {}): Promise<{ changed: number; unreadable: number }> {
  const total = { changed: 0, unreadable: 0 }
  for (const column of DataService.ENCRYPTED_COLUMNS) {
    let after: string | null = null
    do {
      const done: Awaited<ReturnType<typeof DataService.reencryptBatch>> =
        await DataService.reencryptBatch(column, { after, limit: batch })
      total.changed += done.changed
      total.unreadable += done.unreadable
      after = done.last
    } while (after !== null)
  }
  log.info('encryption.rotated', { count: total.changed, code: newestKeyId() })
  if (total.changed > 0)
    await DataService.recordAudit(app, 'encryption.rotated', {
      subject: newestKeyId(),
      detail: total
    })
  return total
}

export type Retirement =
  | { outcome: 'retired' }
  | { outcome: 'in_use' | 'newest' | 'unknown'; values: number }

/**
 * Whether a key can be removed from the settings: no stored value uses it. The answer is audited.
 * Every process must use the newest key by then, or it stores values under the old one again.
 */
export async function retireKey(keyId: string): Promise<Retirement> {
  const found = (await listKeyUse()).find((key) => key.keyId === keyId)
  if (!found) return { outcome: 'unknown', values: 0 }
  if (found.state === 'newest') return { outcome: 'newest', values: found.values }
  if (found.values > 0) return { outcome: 'in_use', values: found.values }
  await DataService.recordAudit(app, 'encryption.key_retired', { subject: keyId, detail: {} })
  return { outcome: 'retired' }
}
