import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { tellOnce } from '@/lib/services/pangea/messages/tell-once'

type Filter = Parameters<typeof DataService.streamTransactions>[1]

/** Larger exports need a reverification, and the user is told about them. */
export const LARGE_EXPORT_ROWS = 1_000

export const isLargeExport = (actor: UserActor, filter: Filter): Promise<boolean> =>
  DataService.hasMoreTransactions(actor, filter, LARGE_EXPORT_ROWS)

/** All of a filter's transactions, page by page. */
export async function exportTransactions(
  actor: UserActor,
  filter: Filter
): Promise<ReturnType<typeof DataService.streamTransactions>> {
  if (await isLargeExport(actor, filter))
    await tellOnce(actor, 'data_exported', { what: 'transactions' })
  return DataService.streamTransactions(actor, filter)
}
