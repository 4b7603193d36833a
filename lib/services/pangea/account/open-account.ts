import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { brand } from '@/pangea.config'

const POCKET_NAME = `${brand.name} account`

/**
 * Finds the approved customer's pocket or opens one, and stores it as the user's bank account
 * (contracts: Jiko §3).
 * @returns its id; null while Jiko has not assigned a customer.
 */
export async function openAccount(
  actor: Actor,
  application: DataService.ApplicationRecord
): Promise<string | null> {
  const { jikoCustomerId: customerId, userId, pocketKey } = application
  if (!customerId) return null
  const pocket =
    (await BankingService.findOpenPocket(customerId, { userId })) ??
    (await BankingService.openPocket({
      customerId,
      name: POCKET_NAME,
      idempotencyKey: pocketKey,
      userId
    }))
  const { id } = await DataService.saveBankAccount(actor, {
    application,
    jikoPocketId: pocket.jikoPocketId,
    name: pocket.name,
    status: pocket.status,
    balance: pocket.balance
  })
  await refreshAccount(actor, { id, userId, jikoPocketId: pocket.jikoPocketId })
  return id
}

/** Refreshes the balance, the status and the last digits of the numbers. */
export async function refreshAccount(
  actor: Actor,
  { id, userId, jikoPocketId }: { id: string; userId: string; jikoPocketId: string }
): Promise<BankingService.BankPocket> {
  const [pocket, portals] = await Promise.all([
    BankingService.getPocket(jikoPocketId, { userId }),
    BankingService.listPortals(jikoPocketId, { userId })
  ])
  const portal = portals.find(({ status }) => status === 'OPEN') ?? portals[0]
  await DataService.saveBankAccountState(actor, id, {
    status: pocket.status,
    balance: pocket.balance,
    accountNumberLast4: portal?.accountNumber.slice(-4) ?? null,
    routingNumberLast4: portal?.routingNumber.slice(-4) ?? null
  })
  return pocket
}
