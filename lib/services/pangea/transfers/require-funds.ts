import 'server-only'
import { currentBalance } from '@/lib/domain/connections/linked-account'
import { formatMoney, type Money } from '@/lib/domain/money/money'
import type { UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'
import { plaid } from '@/pangea.config'

type Source = { institutionName: string | null; mask: string | null }

const isSource = (
  source: Source,
  account: { type: string; mask: string | null; institutionName: string }
): boolean =>
  account.type === 'depository' &&
  source.mask !== null &&
  account.mask === source.mask &&
  account.institutionName === source.institutionName

/**
 * Refuses a deposit that the user's bank does not have: such a debit is returned days later. Jiko
 * holds its own access to that bank, so it is checked only if the user linked the same account here
 * too. A bank that does not answer refuses nothing.
 * @throws RequestError invalid for the amount.
 */
export async function requireFunds(actor: UserActor, source: Source, amount: Money): Promise<void> {
  if (!plaid.checkBalances) return
  const found = await findLiveBalance(actor, source)
  if (!found || found.balance.currency !== amount.currency) return
  if (amount.minor <= found.balance.minor) return
  const holds = `Your ${found.name} at ${source.institutionName} has`
  throw new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: {
      amount:
        found.balance.minor > 0n
          ? `${holds} ${formatMoney(found.balance)}. Enter that or less`
          : `${holds} no money available`
    }
  })
}

async function findLiveBalance(
  actor: UserActor,
  source: Source
): Promise<{ name: string; balance: Money } | null> {
  const [account, another] = (await DataService.listAccounts(actor, { hidden: true })).filter(
    (one) => isSource(source, one)
  )
  if (!account || another) return null
  const context = { userId: actor.userId, connectionId: account.connectionId }
  try {
    const accessToken = await DataService.getAccessToken(actor, account.connectionId)
    const live = (await AccountService.readLiveBalances(context, accessToken)).filter(
      ({ type, mask }) => type === 'depository' && mask === source.mask
    )
    const [one] = live
    const balance = one && live.length === 1 ? (one.available ?? currentBalance(one)) : null
    return balance && { name: account.name, balance }
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    log.warn('transfer.balance_unavailable', { ...context, service: 'plaid', code: thrown.code })
    return null
  }
}
