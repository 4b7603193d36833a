import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'

const operator = systemActor('operator')

/**
 * The consents of a deleted user, for operators; the search is audited without its value.
 * @throws IntegrationError.
 */
export async function findConsents(
  kind: 'user' | 'email',
  value: string
): Promise<DataService.ConsentEvidence[]> {
  const found = await DataService.findConsentEvidence(kind, value)
  await DataService.recordAudit(operator, 'consents.searched', {
    subject: null,
    detail: { by: kind, found: found.length }
  })
  return found
}
