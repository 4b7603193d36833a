import 'server-only'
import { type SealPlace, unseal } from '../../platform/crypto'
import { IntegrationError } from '../../platform/errors'

/** Opens what this room sealed. @throws IntegrationError SEAL_BROKEN when the text was moved or altered, or its key is gone. */
export function open(sealed: string, place: SealPlace): string {
  try {
    return unseal(sealed, place)
  } catch {
    throw new IntegrationError({ service: 'xata', code: 'SEAL_BROKEN', retryable: false })
  }
}
