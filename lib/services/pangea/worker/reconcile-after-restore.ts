import 'server-only'
import { systemActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'
import * as AccountService from '@/lib/services/plaid'

const app = systemActor('restore')
const PAGE = 100
const MAX_SYNCS = 1_000_000

export type RestoreReport = {
  users: number
  /** Users whose deletion was requested again: Clerk has them no longer, or the caller named them. */
  deletions: number
  /** Users whom Clerk does not know, and who were not deleted because they are too many. */
  heldBack: number
  /** Transfers that only Jiko had: stored again, or not because their counterparty is unknown. */
  transfers: { restored: number; unknown: { userId: string; jikoTransferId: string }[] }
  syncs: number
  /** Users at whom a vendor could not be asked. Run the command again. */
  failed: { userId: string; code: string }[]
}

/**
 * Compares a database restored from an older dump with the vendors: deletes users again that Clerk
 * deleted since, stores transfers that only Jiko has, and syncs every connection from its older
 * cursor. Safe to repeat. With the keys of another Clerk instance every user would seem deleted, so
 * more than a few are deleted only if the caller expects so many.
 * @param deleted users whose deletion was requested since the dump and is not finished.
 * @param maxDeletions how many users Clerk may have lost; by default 10, or a twentieth of all.
 */
export async function reconcileAfterRestore({
  deleted = [],
  maxDeletions
}: {
  deleted?: readonly string[] | undefined
  maxDeletions?: number | undefined
} = {}): Promise<RestoreReport> {
  const report: RestoreReport = {
    users: 0,
    deletions: 0,
    heldBack: 0,
    transfers: { restored: 0, unknown: [] },
    syncs: 0,
    failed: []
  }
  const missing: string[] = []
  for (let after = ''; ; ) {
    const page = await DataService.listRestoredUsers(app, { after, limit: PAGE })
    for (const user of page) if (await compareUser(user, report)) missing.push(user.userId)
    report.users += page.length
    const last = page.at(-1)
    if (!last) break
    after = last.userId
  }
  const allowed = maxDeletions ?? Math.max(10, Math.ceil(report.users / 20))
  if (missing.length > allowed) report.heldBack = missing.length
  const leaving = new Set([...deleted, ...(report.heldBack ? [] : missing)])
  for (const userId of leaving) await requestDeletion(userId, report)
  report.syncs = await requestSyncs()
  log.info('restore.compared', { count: report.users })
  return report
}

type RestoredUser = Awaited<ReturnType<typeof DataService.listRestoredUsers>>[number]

/** @returns whether Clerk does not know the user. */
async function compareUser(
  { userId, bankAccountId, jikoPocketId }: RestoredUser,
  report: RestoreReport
): Promise<boolean> {
  try {
    if (bankAccountId && jikoPocketId) {
      const found = await restoreTransfers({ id: bankAccountId, userId, jikoPocketId })
      report.transfers.restored += found.restored
      report.transfers.unknown.push(...found.unknown)
    }
    return !(await AuthService.userExists(userId))
  } catch (thrown) {
    addFailure(report, userId, thrown)
    return false
  }
}

async function requestDeletion(userId: string, report: RestoreReport): Promise<void> {
  try {
    await deleteMyData(app, { userId, origin: 'clerk' })
    report.deletions++
  } catch (thrown) {
    addFailure(report, userId, thrown)
  }
}

function addFailure(report: RestoreReport, userId: string, thrown: unknown): void {
  report.failed.push({ userId, code: (thrown as { code?: string }).code ?? 'UNKNOWN' })
}

async function restoreTransfers(account: { id: string; userId: string; jikoPocketId: string }) {
  const { id, userId, jikoPocketId } = account
  const listed = await BankingService.listTransfers(jikoPocketId, { userId })
  const known = await DataService.listSubmissions(id)
  const isKnown = ({ jikoTransferId, reference }: BankingService.BankTransfer) =>
    known.some((one) => one.jikoTransferId === jikoTransferId || one.id === reference)
  const unknown: RestoreReport['transfers']['unknown'] = []
  let restored = 0
  for (const lost of listed.filter((one) => !isKnown(one))) {
    if (await DataService.restoreTransfer(app, id, lost)) restored++
    else unknown.push({ userId, jikoTransferId: lost.jikoTransferId })
  }
  await reconcileTransfers(app, account)
  return { restored, unknown }
}

/** Plaid's changes since the older cursor are read again. */
async function requestSyncs(): Promise<number> {
  const everyOne = { loadingBefore: now(), before: now(), limit: MAX_SYNCS }
  const connections = await DataService.listStaleConnections({
    ...everyOne,
    mappingVersion: AccountService.MAPPING_VERSION
  })
  for (const { id } of connections) await DataService.requestSync(app, id, 'restore')
  return connections.length
}
