/** Stores verified webhooks. Those that arrive at once are stored together, by one statement. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { ParsedWebhook, Vendor } from '@/lib/domain/jobs/webhook-effects'
import { systemActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { query } from '@/lib/services/data/sql/query'
import { dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { webhookDeliveries } from '@/xata/schema'
import { activeTraceparent } from '@/xata/scope'

const system = systemActor('jobs')
/** How many statements run at once; what arrives meanwhile waits for the next one. */
const STATEMENTS = 2
/** After each of them, so that more webhooks share the next one. The first one does not wait. */
const PAUSE_MS = 20
const MAX_ROWS = 100

type DeliveryInput = {
  vendor: Vendor
  /** Identical for every repeat of the event; deduplicates deliveries. */
  dedupeKey: string
  /** null if the signature was valid but the body could not be read. */
  webhook: ParsedWebhook | null
  bodyHash: string
}

type SavedDelivery = { id: string; stored: boolean }

type Waiting = {
  input: DeliveryInput
  traceparent: string | null
  resolve: (saved: SavedDelivery) => void
  reject: (thrown: unknown) => void
}

const intake = () =>
  singleton('deliveries.intake', () => ({ waiting: [] as Waiting[], statements: 0 }))

/**
 * Stores one delivery; returns after the commit. @returns the row's id and whether it is new; a
 * repeat returns the id of the first. @throws IntegrationError if this delivery was not stored,
 * whatever happened to others of its statement.
 */
export const saveDelivery = (input: DeliveryInput): Promise<SavedDelivery> =>
  new Promise((resolve, reject) => {
    const waiting = { input, traceparent: activeTraceparent(), resolve, reject }
    intake().waiting.push(waiting)
    void saveWaiting()
  })

async function saveWaiting(): Promise<void> {
  const state = intake()
  if (state.statements >= STATEMENTS) return
  state.statements++
  while (state.waiting.length > 0) {
    await saveTogether(state.waiting.splice(0, MAX_ROWS))
    await pause(PAUSE_MS)
  }
  state.statements--
}

/** Never throws: every delivery gets its own answer. */
async function saveTogether(batch: Waiting[]): Promise<void> {
  try {
    const saved = await insertDeliveries(batch)
    for (const { input, resolve, reject } of batch) {
      const found = saved.get(keyOf(input))
      if (!found) reject(new Error('a delivery has no row'))
      else resolve({ ...found })
      // Of repeats in one statement, the first is new.
      if (found) found.stored = false
    }
  } catch (thrown) {
    // One that the storage refuses must not fail the others. An outage fails all.
    const isAlone = batch.length === 1 || (isIntegrationError(thrown) && thrown.outage)
    if (isAlone) for (const { reject } of batch) reject(thrown)
    else await Promise.all(batch.map((one) => saveTogether([one])))
  }
}

const keyOf = ({ vendor, dedupeKey }: Pick<DeliveryInput, 'vendor' | 'dedupeKey'>): string =>
  `${vendor} ${dedupeKey}`

/** In the order of their keys, so that two processes with the same repeats do not deadlock. */
async function insertDeliveries(batch: readonly Waiting[]): Promise<Map<string, SavedDelivery>> {
  const rows = new Map(batch.map((one) => [keyOf(one.input), toRow(one)]))
  const saved = await query(
    system,
    rowType({
      id: webhookDeliveries.id,
      vendor: column.textOf<Vendor>(),
      dedupeKey: webhookDeliveries.dedupeKey,
      stored: column.bool
    }),
    sql`insert into ${webhookDeliveries} as d (id, vendor, dedupe_key, type, event_code, vendor_object_id, body_hash, readable, effects, status, service, code, traceparent, run_at)
    select g.id, g.vendor, g.dedupe_key, g.type, g.event_code, g.vendor_object_id, g.body_hash, g.readable, g.effects, g.status, g.service, g.code, g.traceparent, ${dbNow()}
    from jsonb_to_recordset(${jsonb([...rows.values()])}) as g(id uuid, vendor text, dedupe_key text, type text, event_code text, vendor_object_id text,
      body_hash text, readable boolean, effects jsonb, status text, service text, code text, traceparent text)
    order by g.vendor, g.dedupe_key
    on conflict (vendor, dedupe_key) do update set vendor = d.vendor
    returning d.id, d.vendor, d.dedupe_key as "dedupeKey", (xmax = 0) as stored`
  )
  return new Map(saved.map(({ id, stored, ...key }) => [keyOf(key), { id, stored }]))
}

/** The columns that differ between deliveries. */
function toRow({ input, traceparent }: Waiting) {
  const { vendor, dedupeKey, webhook, bodyHash } = input
  return {
    id: randomUUID(),
    vendor,
    dedupe_key: dedupeKey,
    type: webhook?.type ?? null,
    event_code: webhook?.code ?? null,
    vendor_object_id: webhook?.vendorObjectId ?? null,
    body_hash: bodyHash,
    readable: webhook !== null,
    effects: webhook?.effects ?? [],
    status: webhook ? 'pending' : 'failed',
    service: webhook ? null : vendor,
    code: webhook ? null : 'UNREADABLE',
    traceparent
  }
}
