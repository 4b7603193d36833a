import 'server-only'
import { formatMoney } from '@/lib/domain/money/money'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'

/**
 * Requests the deletion of all of a user's data at Plaid, Jiko, Pangea and Clerk; `runDeletion`
 * performs it. Idempotent.
 * @param subject the user, if it is not the caller: one that Clerk reports as deleted or an admin
 * removes.
 * @returns the id for reading the progress. @throws RequestError conflict while there is money in
 * the account or a transfer is in progress.
 */
export async function deleteMyData(
  actor: Actor,
  subject?:
    | { userId: string; origin: 'clerk' }
    | { userId: string; origin: 'admin'; reason: string }
): Promise<{ id: string }> {
  if (subject) return { id: await request(actor, subject) }
  if (actor.kind !== 'person') throw new RequestError('not_found', 'There is no such user.')
  const known = await DataService.findDeletion(actor)
  if (!known) await requireEmptyBankAccount(actor)
  return { id: await request(actor, { userId: actor.userId, origin: 'person' }) }
}

/** The log line outlives the database, and names the user after a restore from an older dump. */
async function request(
  actor: Actor,
  subject: Parameters<typeof DataService.requestDeletion>[1]
): Promise<string> {
  const id = await DataService.requestDeletion(actor, subject)
  log.info('deletion.requested', { userId: subject.userId, type: subject.origin })
  return id
}

/**
 * Checked first: without linked banks, the money would be harder to move. If Jiko does not
 * respond, the last known balance counts.
 */
async function requireEmptyBankAccount(actor: UserActor): Promise<void> {
  const ids = await DataService.findJikoIds(actor, actor)
  if (ids?.moving)
    throw new RequestError(
      'conflict',
      'A transfer is still in progress. Wait until it arrives or is returned, then try again.'
    )
  if (!ids?.jikoCustomerId) return
  const balance = await BankingService.findRemainingBalance(ids.jikoCustomerId, actor).catch(
    async (thrown: unknown) => {
      if (!isIntegrationError(thrown)) throw thrown
      return (await DataService.findBankAccount(actor))?.balance ?? null
    }
  )
  if (!balance || balance.minor === 0n) return
  if (balance.minor < 0n)
    throw new RequestError(
      'conflict',
      `Your account at Jiko is ${formatMoney({ ...balance, minor: -balance.minor })} below zero because a deposit was sent back. Add that amount first; Jiko does not close an account that is overdrawn.`
    )
  throw new RequestError(
    'conflict',
    `Your account at Jiko holds ${formatMoney(balance)}. Move it out first; Jiko does not close an account with money in it.`
  )
}
