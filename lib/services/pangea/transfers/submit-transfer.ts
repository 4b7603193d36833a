import 'server-only'
import type { RefusalReason } from '@/lib/domain/transfers/transfer'
import type { Actor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { runJob } from '@/lib/services/pangea/worker/run-job'

/** How long one process may talk to the bank about one transfer before another takes over. */
export const SENDING_LEASE_MS = 90_000
/** The bank forgets a key after an hour (contracts: Jiko §1); a repeat stops short of that. */
const IDEMPOTENCY_KEY_TTL_MS = 55 * 60_000
/** The bank's clock is its own. */
const CLOCK_SKEW_MS = 10 * 60_000
/** The bank has understood and will not: nothing was moved. */
const REFUSALS = new Set(['REFUSED', 'PRECONDITION_FAILED', 'NOT_FOUND'])

type TransferSubmission = DataService.Order

/**
 * Submits a confirmed transfer to Jiko, under the transfer's own id as key, and stores the answer. While the answer is not clear, the same request is
 * repeated for as long as Jiko remembers the key; after that Jiko's list of transfers decides. Does nothing where another process holds the lease by now.
 */
export async function submitTransfer(actor: Actor, leaseToken: string): Promise<void> {
  const submission = await DataService.findOrder(leaseToken)
  if (!submission) return
  const job = {
    kind: 'transfer',
    id: submission.id,
    attempts: submission.attempts,
    leaseToken
  } as const
  await runJob(job, {
    about: { userId: submission.userId, transferId: submission.id },
    work: () => submit(actor, submission)
  })
}

async function submit(actor: Actor, submission: TransferSubmission): Promise<void> {
  const keyLives = now().getTime() - Date.parse(submission.confirmedAt) < IDEMPOTENCY_KEY_TTL_MS
  try {
    const bankTransfer = keyLives
      ? await BankingService.createTransfer(submission)
      : await findBankTransfer(submission)
    await DataService.storeTransferWord(
      actor,
      submission.id,
      bankTransfer ? toStatusUpdate(bankTransfer) : { state: 'not_sent' }
    )
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'jiko') throw thrown
    await DataService.storeTransferWord(
      actor,
      submission.id,
      await wordAfter(actor, submission, thrown)
    )
  }
}

/** What an error says about the transfer. @throws the error where it says nothing. */
async function wordAfter(
  actor: Actor,
  submission: TransferSubmission,
  error: IntegrationError
): Promise<DataService.Word> {
  if (REFUSALS.has(error.code)) {
    log.warn('transfer.refused', {
      service: error.service,
      code: error.code,
      userId: submission.userId,
      transferId: submission.id
    })
    return { state: 'refused', jikoStatus: await findRefusalReason(actor, submission) }
  }
  // Jiko has seen the key and does not say what came of it.
  const bankTransfer = error.code === 'KEY_USED' ? await findBankTransfer(submission) : null
  if (!bankTransfer) throw error
  return toStatusUpdate(bankTransfer)
}

/** Why the bank would not: it does not say, so the account and the bank elsewhere are read again, and what they are now is kept. null where that tells nothing. */
async function findRefusalReason(
  actor: Actor,
  submission: TransferSubmission
): Promise<RefusalReason | null> {
  const {
    bankAccountId,
    counterpartyId,
    userId,
    jikoPocketId,
    jikoCustomerId: customerId,
    jikoCounterpartyId,
    direction,
    amount
  } = submission
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
    log.warn('transfer.refusal_reason_unavailable', {
      service: thrown.service,
      code: thrown.code,
      userId,
      transferId: submission.id
    })
    return null
  }
}

export const toStatusUpdate = ({
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
async function findBankTransfer(
  submission: TransferSubmission
): Promise<BankingService.BankTransfer | null> {
  const listed = await BankingService.listTransfers(submission.jikoPocketId, {
    userId: submission.userId
  })
  const named = listed.find(({ reference }) => reference === submission.id)
  if (named) return named
  const since = Date.parse(submission.confirmedAt) - CLOCK_SKEW_MS
  const same = listed.filter(
    (bankTransfer) =>
      bankTransfer.reference === null &&
      bankTransfer.jikoCounterpartyId === submission.jikoCounterpartyId &&
      bankTransfer.direction === submission.direction &&
      bankTransfer.amount.minor === submission.amount.minor &&
      Date.parse(bankTransfer.createdAt) >= since
  )
  const taken = await DataService.listTakenTransfers(
    same.map(({ jikoTransferId }) => jikoTransferId)
  )
  return same.find(({ jikoTransferId }) => !taken.has(jikoTransferId)) ?? null
}
