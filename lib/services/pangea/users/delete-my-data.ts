import 'server-only'
import { formatMoney } from '@/lib/domain/money/money'
import type { Actor, UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'

/**
 * Has everything about a person deleted: at Plaid, at Jiko, here and at Clerk. Writes the wish down; the work is done by `runDeletion`. The same wish twice is one.
 * @param subject whose, where it is not the caller's own: of whoever Clerk says is gone, or an administrator removes.
 * @returns the id under which its progress can be read. @throws RequestError conflict while there is money in the person's account, or on its way.
 */
export async function deleteMyData(
  actor: Actor,
  subject?:
    | { userId: string; origin: 'clerk' }
    | { userId: string; origin: 'admin'; reason: string }
): Promise<{ id: string }> {
  if (subject) return { id: await DataService.requestDeletion(actor, subject) }
  if (actor.kind !== 'person') throw new RequestError('not_found', 'There is no such user.')
  const known = await DataService.findDeletion(actor)
  if (!known) await requireEmptyBankAccount(actor)
  return {
    id: await DataService.requestDeletion(actor, { userId: actor.userId, origin: 'person' })
  }
}

/** Asked before anything is given up: with the banks gone, the money would be harder to move. Where the bank does not answer, what it said last counts. */
async function requireEmptyBankAccount(actor: UserActor): Promise<void> {
  const ids = await DataService.findBankIds(actor, actor)
  if (ids?.moving)
    throw new RequestError(
      'conflict',
      'A transfer is still in progress. Wait until it arrives or is returned, then try again.'
    )
  if (!ids?.jikoCustomerId) return
  const balance = await BankingService.findMoneyLeft(ids.jikoCustomerId, actor).catch(
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
