import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { toStatusUpdate } from '@/lib/services/pangea/transfers/submit-transfer'

/** The comparison of our transfers with Jiko's for one account. */
export type LedgerComparison = {
  /** Transfers whose status was behind Jiko's. */
  updated: number
  differences: { atBankOnly: number; hereOnly: number; otherAmount: number }
}

/**
 * Reads all of an account's transfers from Jiko, stores newer statuses and counts mismatches. Also
 * the effect of transfer webhooks, which name no transfer. A late status never moves a transfer
 * backwards. @throws IntegrationError.
 */
export async function reconcileTransfers(
  actor: Actor,
  { id, userId, jikoPocketId }: { id: string; userId: string; jikoPocketId: string }
): Promise<LedgerComparison> {
  // Ours before and after, so that a transfer created during the read counts neither as missing nor
  // as unknown.
  const before = await DataService.listSubmissions(id)
  const listed = await BankingService.listTransfers(jikoPocketId, { userId })
  const submissions = await DataService.listSubmissions(id)
  const comparison: LedgerComparison = {
    updated: 0,
    differences: { atBankOnly: 0, hereOnly: 0, otherAmount: 0 }
  }
  for (const bankTransfer of listed) {
    const submission =
      submissions.find((one) => one.jikoTransferId === bankTransfer.jikoTransferId) ??
      submissions.find((one) => !one.jikoTransferId && one.id === bankTransfer.reference)
    if (!submission) comparison.differences.atBankOnly += isSubmitting(submissions) ? 0 : 1
    else if (
      submission.amount.minor !== bankTransfer.amount.minor ||
      submission.direction !== bankTransfer.direction
    )
      comparison.differences.otherAmount++
    else comparison.updated += await applyBankTransfer(actor, submission, bankTransfer)
  }
  const known = new Set(listed.map(({ jikoTransferId }) => jikoTransferId))
  comparison.differences.hereOnly = before.filter(
    ({ jikoTransferId }) => jikoTransferId && !known.has(jikoTransferId)
  ).length
  await DataService.recordReconciled(id)
  logDifferences(userId, comparison)
  return comparison
}

/** While a submission is in flight, Jiko may have the transfer before we know its id. */
const isSubmitting = (submissions: DataService.TransferSubmission[]) =>
  submissions.some(({ state }) => state === 'sending')

async function applyBankTransfer(
  actor: Actor,
  submission: DataService.TransferSubmission,
  bankTransfer: BankingService.BankTransfer
): Promise<number> {
  if (!bankTransfer.isKnownStatus)
    log.warn('transfer.unknown_status', {
      service: 'jiko',
      code: bankTransfer.status,
      userId: submission.userId
    })
  await DataService.applyStatusUpdate(actor, submission.id, toStatusUpdate(bankTransfer))
  return submission.state === bankTransfer.state ? 0 : 1
}

function logDifferences(userId: string, { differences }: LedgerComparison): void {
  const kinds = Object.entries(differences).filter(([, count]) => count > 0)
  const count = kinds.reduce((sum, [, each]) => sum + each, 0)
  if (count > 0)
    log.error('transfers.mismatch', {
      service: 'jiko',
      userId,
      count,
      type: kinds.map(([kind]) => kind).join(' ')
    })
}
