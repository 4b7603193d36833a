import 'server-only'
import type { RequestedDocument } from '../../domain/application'
import { unseal } from '../../platform/crypto'
import { iso, sql } from './query'

export type ApplicationRecord = {
  id: string
  userId: string
  /** The bank's own word; null until the bank answered once. */
  status: string | null
  jikoApplicationId: string | null
  jikoCustomerId: string | null
  /** Keys are stored before they are sent, so that a lost answer can be asked for again. */
  createKey: string
  applyKey: string
  pocketKey: string
  /** The facts as JSON, without the number that goes to the bank only. Empty once applied. */
  body: string
  createStartedAt: string | null
  appliedAt: string | null
  documents: RequestedDocument[]
  busyUntil: string | null
  busyToken: string | null
}

export type ApplicationRow = {
  id: string
  user_id: string
  status: string | null
  jiko_application_id: string | null
  jiko_customer_id: string | null
  sealed_body: string | null
  create_key: string
  apply_key: string
  pocket_key: string
  documents: RequestedDocument[]
  create_started_at: string | null
  applied_at: string | null
  busy_until: string | null
  busy_token: string | null
}

export const COLUMNS = sql`id, user_id, status, jiko_application_id, jiko_customer_id, sealed_body, create_key, apply_key, pocket_key, documents,
  create_started_at, applied_at, busy_until, busy_token`

export const placeOf = (id: string, userId: string) => ({ table: 'applications', row: id, owner: userId })

export const toRecord = (row: ApplicationRow): ApplicationRecord => ({
  id: row.id,
  userId: row.user_id,
  status: row.status,
  jikoApplicationId: row.jiko_application_id,
  jikoCustomerId: row.jiko_customer_id,
  createKey: row.create_key,
  applyKey: row.apply_key,
  pocketKey: row.pocket_key,
  body: row.sealed_body ? unseal(row.sealed_body, placeOf(row.id, row.user_id)) : '',
  createStartedAt: iso(row.create_started_at),
  appliedAt: iso(row.applied_at),
  documents: row.documents,
  busyUntil: iso(row.busy_until),
  busyToken: row.busy_token
})
