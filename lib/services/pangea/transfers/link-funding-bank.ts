import 'server-only'
import type { Counterparty } from '@/lib/domain/transfers/transfer'
import type { Actor, SystemActor, UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { requireBankAccount } from '@/lib/services/pangea/account/read-account'
import { requireNoLock } from '@/lib/services/pangea/protection/require-no-lock'
import { plaid } from '@/pangea.config'

const BATCH = 20
/** Plaid does not show a longer name. */
const MAX_LINK_NAME = 30
const LINK_NAME =
  `Jiko for ${plaid.clientName}`.length > MAX_LINK_NAME ? 'Jiko' : `Jiko for ${plaid.clientName}`

/**
 * A Link token of Jiko's own Plaid client, its expiry and the origin of Link's script (null:
 * Plaid's own).
 */
export type FundingLink = { linkToken: string; expiresAt: string; linkScriptUrl: string | null }

/**
 * Creates a Link token of Jiko's Plaid client: Jiko may move money from and to a bank that is linked
 * with it. With a `counterpartyId`, Link asks for that bank's micro-deposit code. @throws
 * RequestError not_found; IntegrationError.
 */
export async function createFundingLink(
  actor: UserActor,
  { counterpartyId }: { counterpartyId: string | null }
): Promise<FundingLink> {
  const { jikoCustomerId: customerId } = await requireFundingAccount(actor)
  const known = counterpartyId ? await requireCounterparty(actor, counterpartyId) : null
  const link = await BankingService.createFundingLink({
    customerId,
    clientName: LINK_NAME,
    jikoCounterpartyId: known?.jikoCounterpartyId,
    userId: actor.userId
  })
  return { ...link, linkScriptUrl: env().plaid.linkScriptUrl }
}

/** A lock refuses it. During a deletion, a bank is linked only to withdraw the balance or settle an overdraft. */
async function requireFundingAccount(actor: UserActor): Promise<DataService.BankAccount> {
  const account = await requireBankAccount(actor)
  await requireNoLock(actor)
  if (!account.balance?.minor) await DataService.requireNoDeletion(actor)
  return account
}

async function requireCounterparty(
  actor: UserActor,
  id: string
): Promise<DataService.CounterpartyRecord> {
  const found = await DataService.findCounterparty(actor, id)
  if (!found) throw new RequestError('not_found', 'This bank account is not linked.')
  return found
}

/**
 * Hands the result of Jiko's Link session to Jiko and stores the counterparties. Idempotent per
 * public token.
 * @throws RequestError conflict if Jiko cannot use it, not_found; IntegrationError.
 */
export async function linkFundingBank(
  actor: UserActor,
  linked: BankingService.FundingLinkResult
): Promise<Counterparty[]> {
  const account = await requireFundingAccount(actor)
  try {
    const made = await BankingService.createCounterparties({
      customerId: account.jikoCustomerId,
      linked,
      userId: actor.userId
    })
    await DataService.saveCounterparties(actor, account.id, made)
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'jiko') throw thrown
    if (thrown.code === 'REFUSED')
      throw new RequestError(
        'conflict',
        'Jiko cannot move money to this kind of account. Link a checking or savings account.'
      )
    if (thrown.code === 'KEY_USED' || thrown.code === 'PRECONDITION_FAILED')
      throw new RequestError(
        'conflict',
        'This sign-in at your bank was used already, or has expired. Link the bank again.'
      )
    throw thrown
  }
  return DataService.listCounterparties(actor)
}

/**
 * Tells Jiko that the code was entered and reads the verification state. @throws RequestError
 * not_found; IntegrationError.
 */
export async function verifyFundingBank(actor: UserActor, id: string): Promise<Counterparty> {
  await requireFundingAccount(actor)
  const known = await requireCounterparty(actor, id)
  const named = {
    customerId: known.jikoCustomerId,
    jikoCounterpartyId: known.jikoCounterpartyId,
    userId: actor.userId
  }
  await BankingService.verifyCounterparty(named).catch((thrown: unknown) => {
    // The verification ended, with either result; reading it tells which.
    if (!isIntegrationError(thrown) || thrown.code !== 'PRECONDITION_FAILED') throw thrown
  })
  await refreshCounterparty(actor, known)
  return requireCounterparty(actor, id)
}

async function refreshCounterparty(
  actor: Actor,
  { id, userId, jikoCustomerId: customerId, jikoCounterpartyId }: DataService.CounterpartyRecord
): Promise<void> {
  await DataService.saveCounterpartyState(
    actor,
    id,
    await BankingService.getCounterparty({ customerId, jikoCounterpartyId, userId })
  )
}

/** Jiko sends no event for a completed verification, so pending ones are polled. */
export async function pollCounterparties(
  app: SystemActor,
  { checkedBefore }: { checkedBefore: Date }
): Promise<void> {
  for (const counterparty of await DataService.listUnverifiedCounterparties({
    checkedBefore,
    limit: BATCH
  })) {
    await refreshCounterparty(app, counterparty).catch((thrown: unknown) => {
      if (!isIntegrationError(thrown)) throw thrown
      log.warn('reconcile.counterparty_failed', {
        service: thrown.service,
        code: thrown.code,
        userId: counterparty.userId
      })
    })
  }
}
