import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { tellOnce } from '@/lib/services/pangea/messages/tell-once'

/**
 * The full routing and account number, read live and never stored. Writes an audit row. @throws
 * RequestError not_found.
 */
export async function revealAccountNumbers(
  actor: UserActor
): Promise<{ routingNumber: string; accountNumber: string }[]> {
  const account = await DataService.findBankAccount(actor)
  if (!account) throw new RequestError('not_found', 'You do not have an account yet.')
  const portals = await BankingService.listPortals(account.jikoPocketId, { userId: actor.userId })
  await DataService.recordAudit(actor, 'account.numbers_revealed', {
    subject: account.id,
    detail: {}
  })
  await tellOnce(actor, 'numbers_revealed')
  return portals
    .filter(({ status }) => status === 'OPEN')
    .map(({ routingNumber, accountNumber }) => ({ routingNumber, accountNumber }))
}
