import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import { log } from '@/lib/platform/log'
import * as BankingService from '@/lib/services/jiko'
import * as DataService from '@/lib/services/data'
import { wordOf } from '@/lib/services/pangea/transfers/submit-transfer'

/** What two ledgers of one account have in common. Zero differences is the promise. */
export type Comparison = {
  /** Transfers whose state the bank knew better. */
  moved: number
  differences: { atBankOnly: number; hereOnly: number; otherAmount: number }
}

/**
 * Reads every transfer the bank has of an account, keeps what is news, and counts what does not agree. Webhooks name no transfer, so this is
 * what they lead to as well. Word that comes late takes nothing back. @throws IntegrationError.
 */
export async function compareTransfers(
  actor: Actor,
  { id, userId, jikoPocketId }: { id: string; userId: string; jikoPocketId: string }
): Promise<Comparison> {
  // Ours before and after: what is made while the bank's list is read is neither missed there nor unknown here.
  const before = await DataService.listOrders(id)
  const listed = await BankingService.listTransfers(jikoPocketId, { userId })
  const orders = await DataService.listOrders(id)
  const comparison: Comparison = {
    moved: 0,
    differences: { atBankOnly: 0, hereOnly: 0, otherAmount: 0 }
  }
  for (const made of listed) {
    const order =
      orders.find((one) => one.jikoTransferId === made.jikoTransferId) ??
      orders.find((one) => !one.jikoTransferId && one.id === made.reference)
    if (!order) comparison.differences.atBankOnly += isBeingSent(orders) ? 0 : 1
    else if (order.amount.minor !== made.amount.minor || order.direction !== made.direction)
      comparison.differences.otherAmount++
    else comparison.moved += await keep(actor, order, made)
  }
  const known = new Set(listed.map(({ jikoTransferId }) => jikoTransferId))
  comparison.differences.hereOnly = before.filter(
    ({ jikoTransferId }) => jikoTransferId && !known.has(jikoTransferId)
  ).length
  await DataService.markCompared(id)
  report(userId, comparison)
  return comparison
}

/** While one is on its way to the bank, the bank may have it before we know. */
const isBeingSent = (orders: DataService.Order[]) => orders.some(({ state }) => state === 'sending')

async function keep(
  actor: Actor,
  order: DataService.Order,
  made: BankingService.BankTransfer
): Promise<number> {
  if (!made.known)
    log.warn('transfer.unknown_status', {
      service: 'jiko',
      code: made.status,
      userId: order.userId
    })
  await DataService.storeTransferWord(actor, order.id, wordOf(made))
  return order.state === made.state ? 0 : 1
}

function report(userId: string, { differences }: Comparison): void {
  const kinds = Object.entries(differences).filter(([, count]) => count > 0)
  const count = kinds.reduce((sum, [, each]) => sum + each, 0)
  if (count > 0)
    log.error('transfers.differ', {
      service: 'jiko',
      userId,
      count,
      type: kinds.map(([kind]) => kind).join(' ')
    })
}
