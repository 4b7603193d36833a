import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import type { Refusal } from '@/lib/domain/transfers/transfer'
import { now } from '@/lib/platform/clock'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as BankingService from '@/lib/services/jiko'
import * as DataService from '@/lib/services/data'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { runJob } from '@/lib/services/pangea/worker/run-job'

/** How long one process may talk to the bank about one transfer before another takes over. */
export const SENDING_LEASE_MS = 90_000
/** The bank forgets a key after an hour (contracts: Jiko §1); a repeat stops short of that. */
const KEY_LIVES_MS = 55 * 60_000
/** The bank's clock is its own. */
const CLOCKS_DIFFER_MS = 10 * 60_000
/** The bank has understood and will not: nothing was moved. */
const REFUSALS = new Set(['REFUSED', 'PRECONDITION_FAILED', 'NOT_FOUND'])

type Order = DataService.Order

/**
 * Submits a confirmed transfer to Jiko, under the transfer's own id as key, and stores the answer. While the answer is not clear, the same request is
 * repeated for as long as Jiko remembers the key; after that Jiko's list of transfers decides. Does nothing where another process holds the lease by now.
 */
export async function sendOrder(actor: Actor, leaseToken: string): Promise<void> {
  const order = await DataService.findOrder(leaseToken)
  if (!order) return
  const job = { kind: 'transfer', id: order.id, attempts: order.attempts, leaseToken } as const
  await runJob(job, {
    about: { userId: order.userId, transferId: order.id },
    work: () => submit(actor, order)
  })
}

async function submit(actor: Actor, order: Order): Promise<void> {
  const keyLives = now().getTime() - Date.parse(order.confirmedAt) < KEY_LIVES_MS
  try {
    const made = keyLives ? await BankingService.createTransfer(order) : await findAtBank(order)
    await DataService.storeTransferWord(
      actor,
      order.id,
      made ? wordOf(made) : { state: 'not_sent' }
    )
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'jiko') throw thrown
    await DataService.storeTransferWord(actor, order.id, await wordAfter(actor, order, thrown))
  }
}

/** What an error says about the transfer. @throws the error where it says nothing. */
async function wordAfter(
  actor: Actor,
  order: Order,
  error: IntegrationError
): Promise<DataService.Word> {
  if (REFUSALS.has(error.code)) {
    log.warn('transfer.refused', {
      service: error.service,
      code: error.code,
      userId: order.userId,
      transferId: order.id
    })
    return { state: 'refused', jikoStatus: await findRefusal(actor, order) }
  }
  // Jiko has seen the key and does not say what came of it.
  const made = error.code === 'KEY_USED' ? await findAtBank(order) : null
  if (!made) throw error
  return wordOf(made)
}

/** Why the bank would not: it does not say, so the account and the bank elsewhere are read again, and what they are now is kept. null where that tells nothing. */
async function findRefusal(actor: Actor, order: Order): Promise<Refusal | null> {
  const {
    bankAccountId,
    counterpartyId,
    userId,
    jikoPocketId,
    jikoCustomerId: customerId,
    jikoCounterpartyId,
    direction,
    amount
  } = order
  try {
    const { status, balance } = await refreshAccount(actor, {
      id: bankAccountId,
      userId,
      jikoPocketId
    })
    if (status !== 'OPEN')
      return status === 'FROZEN' || status === 'CLOSED' ? `ACCOUNT_${status}` : 'ACCOUNT_NOT_OPEN'
    if (direction === 'out' && balance && balance.minor < amount.minor) return 'INSUFFICIENT_FUNDS'
    const counterparty = await BankingService.getCounterparty({
      customerId,
      jikoCounterpartyId,
      userId
    })
    await DataService.storeCounterpartyState(actor, counterpartyId, counterparty)
    return counterparty.status === 'VERIFIED' ? null : 'BANK_NOT_VERIFIED'
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    log.warn('transfer.refusal_unread', {
      service: thrown.service,
      code: thrown.code,
      userId,
      transferId: order.id
    })
    return null
  }
}

export const wordOf = ({
  state,
  jikoTransferId,
  status,
  returnCode
}: BankingService.BankTransfer): DataService.Word => ({
  state,
  jikoTransferId,
  jikoStatus: status,
  returnCode
})

/**
 * The transfer in the bank's own list: by our id, which it was given as a text; where the bank keeps no such text, by what it was about, among
 * those that are nobody else's. One transfer of an account is sent at a time, so that there is one at most.
 */
async function findAtBank(order: Order): Promise<BankingService.BankTransfer | null> {
  const listed = await BankingService.listTransfers(order.jikoPocketId, { userId: order.userId })
  const named = listed.find(({ reference }) => reference === order.id)
  if (named) return named
  const since = Date.parse(order.confirmedAt) - CLOCKS_DIFFER_MS
  const same = listed.filter(
    (made) =>
      made.reference === null &&
      made.jikoCounterpartyId === order.jikoCounterpartyId &&
      made.direction === order.direction &&
      made.amount.minor === order.amount.minor &&
      Date.parse(made.createdAt) >= since
  )
  const taken = await DataService.listTakenTransfers(
    same.map(({ jikoTransferId }) => jikoTransferId)
  )
  return same.find(({ jikoTransferId }) => !taken.has(jikoTransferId)) ?? null
}
