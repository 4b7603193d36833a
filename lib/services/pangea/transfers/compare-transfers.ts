import 'server-only'
import type { Actor } from '@/lib/domain/users/actor'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { toStatusUpdate } from '@/lib/services/pangea/transfers/submit-transfer'

/** What two ledgers of one account have in common. Zero differences is the promise. */
export type LedgerComparison = {
  /** Transfers whose state the bank knew better. */
  updated: number
  differences: { atBankOnly: number; hereOnly: number; otherAmount: number }
}

/**
 * Reads every transfer the bank has of an account, keeps what is news, and counts what does not agree. Webhooks name no transfer, so this is
 * what they lead to as well. Word that comes late takes nothing back. @throws IntegrationError.
 */
export async function reconcileTransfers(
  actor: Actor,
  { id, userId, jikoPocketId }: { id: string; userId: string; jikoPocketId: string }
): Promise<LedgerComparison> {
  // Ours before and after: what is made while the bank's list is read is neither missed there nor unknown here.
  const before = await DataService.listOrders(id)
  const listed = await BankingService.listTransfers(jikoPocketId, { userId })
  const submissions = await DataService.listOrders(id)
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
  await DataService.markCompared(id)
  logDifferences(userId, comparison)
  return comparison
}

/** While one is on its way to the bank, the bank may have it before we know. */
const isSubmitting = (submissions: DataService.Order[]) =>
  submissions.some(({ state }) => state === 'sending')

async function applyBankTransfer(
  actor: Actor,
  submission: DataService.Order,
  bankTransfer: BankingService.BankTransfer
): Promise<number> {
  if (!bankTransfer.isKnownStatus)
    log.warn('transfer.unknown_status', {
      service: 'jiko',
      code: bankTransfer.status,
      userId: submission.userId
    })
  await DataService.storeTransferWord(actor, submission.id, toStatusUpdate(bankTransfer))
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
