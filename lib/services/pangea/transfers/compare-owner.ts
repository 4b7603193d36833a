import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { isIntegrationError, isTransient } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { withCurrentToken } from '@/lib/services/pangea/connections/rotate-token'
import * as AccountService from '@/lib/services/plaid'
import { plaid } from '@/pangea.config'

const app = systemActor('owner-comparison')

/**
 * Compares the applicant's name, which Jiko has, with the owner of accounts that are linked both
 * here and for transfers. Only the result is stored. What Plaid cannot compare stays without one,
 * and without lower limits. @throws IntegrationError for what passes; the job is repeated.
 */
export async function compareOwner(job: DataService.ConnectionJob): Promise<void> {
  const found = plaid.compareOwners ? await DataService.listOwnersToCompare(job) : []
  const [first] = found
  if (!first) return DataService.completeOwnerComparison(job, [], 'OVER')
  const context = { userId: job.userId, connectionId: job.connectionId }
  try {
    const legalName = await BankingService.getCustomerName({
      customerId: first.jikoCustomerId,
      userId: job.userId
    })
    const accessToken = await DataService.getAccessToken(app, job.connectionId)
    const compared = await withCurrentToken(job.connectionId, accessToken, () =>
      AccountService.compareOwners(context, accessToken, {
        legalName,
        accountIds: found.map(({ plaidAccountId }) => plaidAccountId)
      })
    )
    const results = found.flatMap(({ id, plaidAccountId }) => {
      const result = compared.find((one) => one.plaidAccountId === plaidAccountId)
      return result ? [{ id, ownerMatch: result.ownerMatch }] : []
    })
    await DataService.completeOwnerComparison(job, results)
  } catch (thrown) {
    if (!isIntegrationError(thrown) || isTransient(thrown)) throw thrown
    log.warn('counterparty.owner_not_compared', {
      ...context,
      service: thrown.service,
      code: thrown.code
    })
    await DataService.completeOwnerComparison(job, [], thrown.code)
  }
}
