import 'server-only'
import { decrypt, type EncryptionContext } from '@/lib/platform/crypto'
import { IntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'

/**
 * Decrypts a stored value.
 * @throws IntegrationError SEAL_BROKEN when the text was moved or altered, or its key is missing.
 */
export function decryptStored(sealed: string, context: EncryptionContext): string {
  try {
    return decrypt(sealed, context)
  } catch {
    log.error('encryption.wrong_key', { service: 'xata', code: 'SEAL_BROKEN', type: context.table })
    // Retryable like a vendor’s wrong key: an operator can correct the key.
    throw new IntegrationError({
      service: 'xata',
      code: 'SEAL_BROKEN',
      retryable: false,
      outage: true
    })
  }
}
