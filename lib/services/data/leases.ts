import 'server-only'
import { sql } from 'drizzle-orm'
import { connectionTasks, deletionRequests, notices, syncRuns, webhookDeliveries } from '../../../xata/schema'
import type { System } from '../../domain/actor'
import { moment, span } from './fragments'
import { rows } from './storage'

/** Keeps the work that a token holds for longer, whichever kind it is. Work that was lost meanwhile stays lost. */
export async function renewLease(_app: System, leaseToken: string, { leaseMs }: { leaseMs: number }): Promise<void> {
  const until = sql`${moment()} + ${span(leaseMs)}`
  const mine = sql`lease_token = ${leaseToken}::uuid and status = 'in_progress'`
  await rows(sql`with delivery as (update ${webhookDeliveries} set lease_until = ${until} where ${mine}),
    task as (update ${connectionTasks} set lease_until = ${until} where ${mine}),
    notice as (update ${notices} set lease_until = ${until} where ${mine}),
    deletion as (update ${deletionRequests} set lease_until = ${until} where ${mine})
    update ${syncRuns} set lease_until = ${until} where ${mine}`)
}
