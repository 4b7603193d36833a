import 'server-only'
import type { System } from '../../domain/actor'
import type { Effect, ReadWebhook, Vendor } from '../../domain/effects'
import { backoff } from '../../domain/progress'
import { instant, json, row, rows, sql, uuid } from './query'

/** A stored webhook this process holds the lease of. */
export type Delivery = { id: string; vendor: Vendor; effects: Effect[]; attempts: number; leaseToken: string }

const ATTEMPTS = 12

type NewDelivery = { vendor: Vendor; dedupeKey: string; read: ReadWebhook | null; bodyHash: string }

/** Keeps a verified webhook; the same one again changes nothing. One that could not be read is kept as such and asks for nothing. */
export async function storeDelivery({ vendor, dedupeKey, read, bodyHash }: NewDelivery): Promise<{ id: string; stored: boolean }> {
  const id = uuid()
  const work = read?.effects.some(({ kind }) => kind !== 'ignore') ?? false
  const kept = await row<{
    id: string
  }>(sql`insert into webhook_deliveries (id, vendor, dedupe_key, type, event_code, vendor_object_id, body_hash, readable, effects,
      status, run_at, created_at, updated_at)
    values (${id}::uuid, ${vendor}, ${dedupeKey}, ${read?.type ?? null}, ${read?.code ?? null}, ${read?.vendorObjectId ?? null}, ${bodyHash}, ${read !== null},
      ${json(read?.effects ?? [])}, ${work ? 'pending' : 'completed'}, ${instant()}, ${instant()}, ${instant()})
    on conflict (vendor, dedupe_key) do nothing returning id`)
  return { id: kept?.id ?? id, stored: kept !== null }
}

export async function claimDelivery(_system: System, { leaseMs }: { leaseMs: number }): Promise<Delivery | null> {
  const leaseToken = uuid()
  const claimed = await row<{ id: string; vendor: Vendor; effects: Effect[]; attempts: number }>(sql`
    update webhook_deliveries set status = 'in_progress', attempts = attempts + 1, lease_until = ${instant(leaseMs)}, lease_token = ${leaseToken}::uuid,
      started_at = ${instant()}, updated_at = ${instant()}
    where id = (select id from webhook_deliveries
      where (status = 'pending' and run_at <= ${instant()}) or (status = 'in_progress' and lease_until < ${instant()})
      order by run_at for update skip locked limit 1)
    returning id, vendor, effects, attempts`)
  return claimed && { ...claimed, leaseToken }
}

const mine = ({ id, leaseToken }: Delivery) => sql`id = ${id}::uuid and status = 'in_progress' and lease_token = ${leaseToken}::uuid`

export async function completeDelivery(delivery: Delivery): Promise<void> {
  await rows(sql`update webhook_deliveries set status = 'completed', finished_at = ${instant()}, lease_until = null, service = null, code = null,
    updated_at = ${instant()} where ${mine(delivery)}`)
}

/** Waits and tries again while attempts are left. */
export async function failDelivery(delivery: Delivery, { service, code }: { service: string; code: string }): Promise<void> {
  await rows(sql`update webhook_deliveries set status = ${delivery.attempts < ATTEMPTS ? 'pending' : 'failed'}, service = ${service}, code = ${code},
    run_at = ${instant(backoff(delivery.attempts, Math.random))}, finished_at = ${instant()}, lease_until = null, updated_at = ${instant()} where ${mine(delivery)}`)
}
