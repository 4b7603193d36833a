/** Verified webhooks as work: each is stored once, done at least once. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { deletionRequests, webhookDeliveries } from '../../../xata/schema'
import type { System } from '../../domain/actor'
import type { Effect, ReadWebhook, Vendor } from '../../domain/effects'
import { backoff } from '../../domain/progress'
import { abandonedUntil, json, moment, span } from './fragments'
import { atomic, row, rows } from './storage'

/** A fault that nobody knows, or a refusal, may pass; after so many attempts it is taken for permanent. */
const ATTEMPTS = 10

export type Delivery = { id: string; vendor: Vendor; effects: Effect[]; attempts: number; leaseToken: string }

export type DeliveryInput = {
  vendor: Vendor
  /** The same for a repeat of the same event. */
  dedupeKey: string
  /** null where the signature was right and the body could not be read. */
  read: ReadWebhook | null
  bodyHash: string
}

/** @returns the row's id, and whether it is new: a repeat answers the first one's. */
export async function storeDelivery({ vendor, dedupeKey, read, bodyHash }: DeliveryInput): Promise<{ id: string; stored: boolean }> {
  const [status, code] = read ? ['pending', null] : ['failed', 'UNREADABLE']
  const [[made], [existing]] = (await atomic([
    sql`insert into ${webhookDeliveries} (id, vendor, dedupe_key, type, event_code, vendor_object_id, body_hash, readable, effects, status, service, code, run_at)
      values (${randomUUID()}, ${vendor}, ${dedupeKey}, ${read?.type ?? null}, ${read?.code ?? null}, ${read?.vendorObjectId ?? null}, ${bodyHash}, ${read !== null},
        ${json(read?.effects ?? [])}, ${status}, ${code && vendor}, ${code}, ${moment()})
      on conflict (vendor, dedupe_key) do nothing returning id`,
    sql`select id from ${webhookDeliveries} where vendor = ${vendor} and dedupe_key = ${dedupeKey}`
  ])) as [{ id: string }[], { id: string }[]]
  return { id: made?.id ?? existing?.id ?? '', stored: made !== undefined }
}

/** Takes the delivery that has waited longest, for a while; null when none is due. One whose holder went silent waits again. */
export async function claimDelivery(_app: System, { leaseMs }: { leaseMs: number }): Promise<Delivery | null> {
  const leaseToken = randomUUID()
  const [, [found]] = (await atomic([
    sql`update ${webhookDeliveries} set status = 'pending',
        service = 'xata', code = 'ABANDONED', lease_until = null, lease_token = null, run_at = ${abandonedUntil(sql`attempts`)}, updated_at = now()
      where id in (select id from ${webhookDeliveries} where status = 'in_progress' and lease_until < ${moment()} limit 20 for update skip locked)`,
    sql`update ${webhookDeliveries} set status = 'in_progress', attempts = attempts + 1, lease_token = ${leaseToken}, lease_until = ${moment()} + ${span(leaseMs)},
        started_at = ${moment()}, finished_at = null, service = null, code = null, updated_at = now()
      where id = (select id from ${webhookDeliveries} where status = 'pending' and run_at <= ${moment()} order by run_at, created_at limit 1 for update skip locked)
      returning id, vendor, effects, attempts`
  ])) as [unknown, Omit<Delivery, 'leaseToken'>[]]
  return found ? { ...found, leaseToken } : null
}

/** Everything it asked for was done. A delivery that was taken over meanwhile stays as it is; one about somebody who is leaving forgets whom it was about. */
export async function completeDelivery(delivery: Delivery): Promise<void> {
  await row(sql`update ${webhookDeliveries} set status = 'completed', finished_at = ${moment()}, lease_until = null, lease_token = null, updated_at = now(),
      vendor_object_id = case when ${aboutLeaver} then null else vendor_object_id end, effects = case when ${aboutLeaver} then '[]'::jsonb else effects end
    where id = ${delivery.id}::uuid and lease_token = ${delivery.leaseToken}::uuid and status = 'in_progress'`)
}

const aboutLeaver = sql`exists (select 1 from ${deletionRequests} where user_hash = encode(sha256(convert_to(vendor_object_id, 'UTF8')), 'hex'))`

/** It waits for another attempt, longer each time: what is transient until it succeeds, anything else until there were ten. */
export async function failDelivery(delivery: Delivery, { service, code, retryable }: { service: string; code: string; retryable: boolean }): Promise<void> {
  await rows(sql`update ${webhookDeliveries} set status = case when ${retryable}::boolean or attempts < ${ATTEMPTS}::int then 'pending' else 'failed' end,
      service = ${service}, code = ${code}, run_at = ${moment()} + ${span(backoff(delivery.attempts, Math.random))}, finished_at = ${moment()},
      lease_until = null, lease_token = null, updated_at = now()
    where id = ${delivery.id}::uuid and lease_token = ${delivery.leaseToken}::uuid and status = 'in_progress'`)
}
