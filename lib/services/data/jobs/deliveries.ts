/** Verified webhooks as jobs: each is processed at least once. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Lane } from '@/lib/domain/jobs/job'
import type { Vendor, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import type { SystemActor } from '@/lib/domain/users/actor'
import { claimJob, completed, completeJob, findDue, type Job } from '@/lib/services/data/jobs/jobs'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { deletionRequests, webhookDeliveries } from '@/xata/schema'

export type Delivery = Job<'delivery'> & {
  vendor: Vendor
  vendorObjectId: string | null
  effects: WebhookEffect[]
}

/**
 * The delivery that has waited longest, of one vendor or of all; null if none is due. Others with
 * the same effects are completed with it: an effect re-reads the vendor, so one reading serves all
 * that arrived before. `except` are objects whose deliveries wait longer.
 */
export const claimDelivery = (
  app: SystemActor,
  { leaseMs, vendor, except = [] }: { leaseMs: number; vendor?: Vendor; except?: readonly string[] }
): Promise<Delivery | null> =>
  claimJob(app, 'delivery', {
    leaseMs,
    where: sql`${ofVendor(vendor)} and ${isNoneOf(except)}`,
    also: sql`, merged as (
      update ${webhookDeliveries} d set ${completed('MERGED')} where d.id in (
        select d.id from ${webhookDeliveries} d join job on d.vendor = job.vendor and d.effects = job.effects
        where d.status = 'pending' and d.id <> job.id for update of d skip locked))`,
    columns: {
      type: rowType({
        vendor: column.textOf<Vendor>(),
        vendorObjectId: webhookDeliveries.vendorObjectId,
        effects: column.jsonb<WebhookEffect[]>()
      }),
      select: sql`job.vendor, job.vendor_object_id as "vendorObjectId", job.effects`
    }
  })

/** Which of these lanes have a due or abandoned job. */
export async function listDueLanes<L extends Lane>(lanes: readonly L[]): Promise<L[]> {
  const looks = lanes.map((lane) => ({ kind: lane.kind, lane, where: ofVendor(lane.vendor) }))
  return (await findDue(looks)).map(({ lane }) => lane)
}

/** Our own checks of accounts at Jiko (users/erasure.ts) wait in Jiko's lane. */
const ofVendor = (vendor?: Vendor): SQL => {
  if (!vendor) return sql`true`
  return vendor === 'jiko' ? sql`j.vendor in ('jiko', 'pangea')` : sql`j.vendor = ${vendor}`
}

/** A condition on the delivery `j`: it is about none of these objects of its vendor. */
export const isNoneOf = (objects: readonly string[]): SQL =>
  sql`(j.vendor_object_id is null or j.vendor_object_id not in (select jsonb_array_elements_text(${jsonb(objects)})))`

/**
 * Completes a delivery after all effects were applied. Its object id is removed if the user is
 * being deleted.
 */
export const completeDelivery = (delivery: Delivery): Promise<void> =>
  completeJob(
    delivery,
    sql`, vendor_object_id = case when ${aboutDeleted} then null else vendor_object_id end, effects = case when ${aboutDeleted} then '[]'::jsonb else effects end`
  )

const aboutDeleted = sql`exists (select 1 from ${deletionRequests} where user_hash = encode(sha256(convert_to(vendor_object_id, 'UTF8')), 'hex'))`
