import 'server-only'
import { toBankDetails } from '@/lib/domain/onboarding/bank-details'
import type { UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'
import { plaid } from '@/pangea.config'

/**
 * Stores name, phone number and address of a linked bank as suggestions in the encrypted draft. They
 * are no answers: the user confirms each. A bank that does not share them costs nothing.
 * @returns whether there is something to confirm. @throws RequestError not_found, conflict after
 * submission.
 */
export async function prefillApplication(
  actor: UserActor,
  { connectionId }: { connectionId: string }
): Promise<{ filled: boolean }> {
  const { institutionName } = await DataService.getConnection(actor, connectionId)
  if (!plaid.prefillFromBank) return { filled: false }
  const context = { userId: actor.userId, connectionId }
  try {
    const accessToken = await DataService.getAccessToken(actor, connectionId)
    const owner = await AccountService.readOwner(context, accessToken)
    const fromBank = owner && toBankDetails(owner, institutionName)
    if (!fromBank) return { filled: false }
    await DataService.saveDraft(actor, { fromBank })
    return { filled: true }
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'plaid') throw thrown
    log.warn('application.not_prefilled', { ...context, service: 'plaid', code: thrown.code })
    return { filled: false }
  }
}
