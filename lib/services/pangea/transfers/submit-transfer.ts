import 'server-only'
import type { RefusalReason } from '@/lib/domain/transfers/transfer'
import type { Actor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import type { Lease } from '@/lib/services/pangea/worker/lease'
import { runJob } from '@/lib/services/pangea/worker/run-job'

/** Jiko keeps a key for an hour (contracts: Jiko §1); retries stop before that. */
const IDEMPOTENCY_KEY_TTL_MS = 55 * 60_000
/** Tolerance for Jiko's clock. */
const CLOCK_SKEW_MS = 10 * 60_000
/** Definite refusals: no money was moved. */
const REFUSALS = new Set(['REFUSED', 'PRECONDITION_FAILED', 'NOT_FOUND'])

type TransferSubmission = DataService.TransferSubmission

/**
 * Submits a confirmed transfer to Jiko, with the transfer's id as idempotency key, and stores the
 * result. While the result is unknown, the same request is repeated for as long as Jiko keeps the
 * key; after that, Jiko's list of transfers decides. Does nothing if another process holds the
 * lease.
 */
export async function submitTransfer(
  actor: Actor,
  leaseToken: string,
  lease: Lease
): Promise<void> {
  const submission = await DataService.findSubmission(leaseToken)
  if (!submission) return
  const job = {
    kind: 'transfer',
    id: submission.id,
    attempts: submission.attempts,
    leaseToken
  } as const
  await runJob(job, {
    about: { userId: submission.userId, transferId: submission.id },
    work: () => submit(actor, submission, lease)
  })
}

async function submit(
  actor: Actor,
  submission: TransferSubmission,
  { requireHeld }: Lease
): Promise<void> {
  const keyLives = now().getTime() - Date.parse(submission.confirmedAt) < IDEMPOTENCY_KEY_TTL_MS
  try {
    const bankTransfer = keyLives
      ? await BankingService.createTransfer({ ...submission, beforeAttempt: requireHeld })
      : await findBankTransfer(submission)
    await DataService.applyStatusUpdate(
      actor,
      submission.id,
      bankTransfer ? toStatusUpdate(bankTransfer) : { state: 'not_sent' }
    )
  } catch (thrown) {
    if (!isIntegrationError(thrown) || thrown.service !== 'jiko') throw thrown
    await DataService.applyStatusUpdate(
      actor,
      submission.id,
      await wordAfter(actor, submission, thrown)
    )
  }
}

/** The status update that an error implies. @throws the error if it implies none. */
async function wordAfter(
  actor: Actor,
  submission: TransferSubmission,
  error: IntegrationError
): Promise<DataService.TransferStatusUpdate> {
  if (REFUSALS.has(error.code)) {
    log.warn('transfer.refused', {
      service: error.service,
      code: error.code,
      userId: submission.userId,
      transferId: submission.id
    })
    return { state: 'refused', jikoStatus: await findRefusalReason(actor, submission) }
  }
  // Jiko saw the key but does not report the result.
  const bankTransfer = error.code === 'KEY_USED' ? await findBankTransfer(submission) : null
  if (!bankTransfer) throw error
  return toStatusUpdate(bankTransfer)
}

/**
 * Jiko gives no reason, so the account and counterparty are read again and stored. Null if they
 * explain nothing.
 */
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
    await DataService.saveCounterpartyState(actor, counterpartyId, counterparty)
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
}: BankingService.BankTransfer): DataService.TransferStatusUpdate => ({
  state,
  jikoTransferId,
  jikoStatus: status,
  returnCode
})

/**
 * Finds the transfer in Jiko's list by our id in its reference; without references, by its details
 * among transfers that match no other. One transfer per account is sent at a time, so there is at
 * most one.
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
  const taken = await DataService.listKnownTransferIds(
    same.map(({ jikoTransferId }) => jikoTransferId)
  )
  return same.find(({ jikoTransferId }) => !taken.has(jikoTransferId)) ?? null
}
