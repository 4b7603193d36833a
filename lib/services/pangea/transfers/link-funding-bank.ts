import 'server-only'
import type { Actor, SystemActor, UserActor } from '@/lib/domain/users/actor'
import type { Counterparty } from '@/lib/domain/transfers/transfer'
import { env } from '@/lib/platform/env'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as BankingService from '@/lib/services/jiko'
import * as DataService from '@/lib/services/data'
import { requireAccount } from '@/lib/services/pangea/account/read-account'

const CLIENT_NAME = 'Pangea'
const BATCH = 20

/** A Link token of the bank's own Plaid, when it ends, and where the browser loads Link from (null: Plaid's own address). */
export type FundingLink = { linkToken: string; expiresAt: string; linkScriptUrl: string | null }

/**
 * Mints the bank's own Link token: what is linked through it is linked to the bank, which then may move money. With a bank that is linked
 * already, Link asks for the code of its small deposit. @throws RequestError not_found; IntegrationError.
 */
export async function openFundingLink(
  person: UserActor,
  { counterpartyId }: { counterpartyId: string | null }
): Promise<FundingLink> {
  const { jikoCustomerId: customerId } = await requireUse(person)
  const known = counterpartyId ? await requireCounterparty(person, counterpartyId) : null
  const link = await BankingService.createFundingLink({
    customerId,
    clientName: CLIENT_NAME,
    jikoCounterpartyId: known?.jikoCounterpartyId,
    userId: person.userId
  })
  return { ...link, linkScriptUrl: env().plaid.linkScriptUrl }
}

/** While a deletion waits, a bank is linked only to move out what is left, or to make up for what is missing. */
async function requireUse(person: UserActor): Promise<DataService.BankAccount> {
  const account = await requireAccount(person)
  if (!account.balance?.minor) await DataService.requireNoDeletion(person)
  return account
}

async function requireCounterparty(
  person: UserActor,
  id: string
): Promise<DataService.CounterpartyRecord> {
  const found = await DataService.findCounterparty(person, id)
  if (!found) throw new RequestError('not_found', 'There is no such bank.')
  return found
}

/**
 * Hands the bank what its Link gave to the browser, and keeps the accounts that came of it. The same hand-over again is the same accounts.
 * @throws RequestError conflict when the bank cannot use it, not_found; IntegrationError.
 */
export async function linkFundingBank(
  person: UserActor,
  linked: BankingService.LinkedAtBank
): Promise<Counterparty[]> {
  const account = await requireUse(person)
  try {
    const made = await BankingService.createCounterparties({
      customerId: account.jikoCustomerId,
      linked,
      userId: person.userId
    })
    await DataService.storeCounterparties(person, account.id, made)
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'jiko') throw thrown
    if (thrown.code === 'REFUSED')
      throw new RequestError(
        'conflict',
        'The bank cannot move money to this kind of account. Link a checking or savings account.'
      )
    if (thrown.code === 'KEY_USED' || thrown.code === 'PRECONDITION_FAILED')
      throw new RequestError(
        'conflict',
        'This sign-in at your bank was used already, or has run out. Link the bank again.'
      )
    throw thrown
  }
  return DataService.listCounterparties(person)
}

/** Tells the bank that the code was typed, and reads how the proof stands. @throws RequestError not_found; IntegrationError. */
export async function verifyFundingBank(person: UserActor, id: string): Promise<Counterparty> {
  await requireUse(person)
  const known = await requireCounterparty(person, id)
  const named = {
    customerId: known.jikoCustomerId,
    jikoCounterpartyId: known.jikoCounterpartyId,
    userId: person.userId
  }
  await BankingService.verifyCounterparty(named).catch((thrown: unknown) => {
    // A proof that is over, one way or the other: reading it says which.
    if (!isIntegrationError(thrown) || thrown.code !== 'PRECONDITION_FAILED') throw thrown
  })
  await readProof(person, known)
  return requireCounterparty(person, id)
}

async function readProof(
  actor: Actor,
  { id, userId, jikoCustomerId: customerId, jikoCounterpartyId }: DataService.CounterpartyRecord
): Promise<void> {
  await DataService.storeCounterpartyState(
    actor,
    id,
    await BankingService.getCounterparty({ customerId, jikoCounterpartyId, userId })
  )
}

/** No event tells that a bank was proven, so those that are not are asked about. */
export async function checkFundingBanks(
  app: SystemActor,
  { checkedBefore }: { checkedBefore: Date }
): Promise<void> {
  for (const unproven of await DataService.listUnprovenCounterparties({
    checkedBefore,
    limit: BATCH
  })) {
    await readProof(app, unproven).catch((thrown: unknown) => {
      if (!isIntegrationError(thrown)) throw thrown
      log.warn('reconcile.counterparty', {
        service: thrown.service,
        code: thrown.code,
        userId: unproven.userId
      })
    })
  }
}
