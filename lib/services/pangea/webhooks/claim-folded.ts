import 'server-only'
import type { SystemActor } from '@/lib/domain/users/actor'
import { uptime } from '@/lib/platform/clock'
import { singleton } from '@/lib/platform/globals'
import * as DataService from '@/lib/services/data'

/** How long the deliveries of one object wait after one of them was claimed. */
export const FOLD_MS = 1_000

/** When this process last claimed a delivery, by the vendor's id of its object. */
const claims = () => singleton('deliveries.claims', () => new Map<string, number>())

/**
 * Claims the oldest delivery whose object had none in the last second. In a flood for one Item, the
 * deliveries of a second are then one job instead of hundreds; the first one does not wait.
 */
export async function claimFolded(
  app: SystemActor,
  options: { leaseMs: number; vendor?: DataService.Delivery['vendor'] }
): Promise<DataService.Delivery | null> {
  const delivery = await DataService.claimDelivery(app, { ...options, except: recentObjects() })
  if (delivery?.vendorObjectId) holdBack([delivery.vendorObjectId])
  return delivery
}

/** Further deliveries of these objects wait until `FOLD_MS` after now. */
export function holdBack(objects: readonly string[]): void {
  for (const id of objects) claims().set(id, uptime())
}

export function recentObjects(): string[] {
  for (const [id, at] of claims()) if (at < uptime() - FOLD_MS) claims().delete(id)
  return [...claims().keys()]
}
