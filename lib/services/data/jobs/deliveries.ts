/** Verified webhooks as jobs: each is stored once and processed at least once. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { ParsedWebhook, Vendor, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { type SystemActor, systemActor } from '@/lib/domain/users/actor'
import { claimJob, completed, completeJob, type Job } from '@/lib/services/data/jobs/jobs'
import { transaction } from '@/lib/services/data/sql/query'
import { dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { deletionRequests, webhookDeliveries } from '@/xata/schema'

const system = systemActor('jobs')

export type Delivery = Job<'delivery'> & {
  vendor: Vendor
  vendorObjectId: string | null
  effects: WebhookEffect[]
}

export type DeliveryInput = {
  vendor: Vendor
  /** Identical for every repeat of the event; deduplicates deliveries. */
  dedupeKey: string
  /** null if the signature was valid but the body could not be read. */
  webhook: ParsedWebhook | null
  bodyHash: string
}

/** @returns the row's id and whether it is new; a repeat returns the id of the first. */
export async function saveDelivery({
  vendor,
  dedupeKey,
  webhook,
  bodyHash
}: DeliveryInput): Promise<{ id: string; stored: boolean }> {
  const [status, code] = webhook ? ['pending', null] : ['failed', 'UNREADABLE']
  const id = rowType({ id: webhookDeliveries.id })
  const [[made], [existing]] = await transaction(system, [
    typed(
      id,
      sql`insert into ${webhookDeliveries} (id, vendor, dedupe_key, type, event_code, vendor_object_id, body_hash, readable, effects, status, service, code, run_at)
      values (${randomUUID()}, ${vendor}, ${dedupeKey}, ${webhook?.type ?? null}, ${webhook?.code ?? null}, ${webhook?.vendorObjectId ?? null}, ${bodyHash}, ${webhook !== null},
        ${jsonb(webhook?.effects ?? [])}, ${status}, ${code && vendor}, ${code}, ${dbNow()})
      on conflict (vendor, dedupe_key) do nothing returning id`
    ),
    typed(
      id,
      sql`select id from ${webhookDeliveries} where vendor = ${vendor} and dedupe_key = ${dedupeKey}`
    )
  ])
  return { id: made?.id ?? existing?.id ?? '', stored: made !== undefined }
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
    where: sql`${vendor ? sql`j.vendor = ${vendor}` : sql`true`} and (j.vendor_object_id is null
      or j.vendor_object_id not in (select jsonb_array_elements_text(${jsonb(except)})))`,
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
