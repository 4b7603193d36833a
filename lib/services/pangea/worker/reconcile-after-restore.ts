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
  /** Transfers that only Jiko had: stored again, or not because their counterparty is unknown. */
  transfers: { restored: number; unknown: { userId: string; jikoTransferId: string }[] }
  syncs: number
  /** Users at whom a vendor could not be asked. Run the command again. */
  failed: { userId: string; code: string }[]
}

/**
 * Compares a database restored from an older dump with the vendors: deletes users again that Clerk
 * deleted since, stores transfers that only Jiko has, and syncs every connection from its older
 * cursor. Safe to repeat.
 * @param deletedUserIds users whose deletion was requested since the dump and is not finished.
 */
export async function reconcileAfterRestore(
  deletedUserIds: readonly string[] = []
): Promise<RestoreReport> {
  const report: RestoreReport = {
    users: 0,
    deletions: 0,
    transfers: { restored: 0, unknown: [] },
    syncs: 0,
    failed: []
  }
  for (let after = ''; ; ) {
    const page = await DataService.listRestoredUsers(app, { after, limit: PAGE })
    for (const user of page) await compareUser(user, deletedUserIds, report)
    report.users += page.length
    const last = page.at(-1)
    if (!last) break
    after = last.userId
  }
  report.syncs = await requestSyncs()
  log.info('restore.compared', { count: report.users })
  return report
}

type RestoredUser = Awaited<ReturnType<typeof DataService.listRestoredUsers>>[number]

async function compareUser(
  { userId, bankAccountId, jikoPocketId }: RestoredUser,
  deletedUserIds: readonly string[],
  report: RestoreReport
): Promise<void> {
  try {
    if (bankAccountId && jikoPocketId) {
      const found = await restoreTransfers({ id: bankAccountId, userId, jikoPocketId })
      report.transfers.restored += found.restored
      report.transfers.unknown.push(...found.unknown)
    }
    if (deletedUserIds.includes(userId) || !(await AuthService.userExists(userId))) {
      await deleteMyData(app, { userId, origin: 'clerk' })
      report.deletions++
    }
  } catch (thrown) {
    report.failed.push({ userId, code: (thrown as { code?: string }).code ?? 'UNKNOWN' })
  }
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
