/** The browsers a user signed in with. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { SystemActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { told } from '@/lib/services/data/messages/messages'
import { execute } from '@/lib/services/data/sql/query'
import { auditedChange, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { devices, users } from '@/xata/schema'

/**
 * Records a sign-in. The user is told about a browser that is not their first and was not used
 * before.
 * @param clientId Clerk's id of the browser, which outlives its sessions; stored as a hash.
 */
export async function recordDevice(
  app: SystemActor,
  {
    userId,
    clientId,
    sessionId,
    device
  }: { userId: string; clientId: string; sessionId: string; device: string | null }
): Promise<void> {
  await execute(
    app,
    auditedChange(
      app,
      sql`insert into ${devices} as d (user_id, client_hash, created_at)
        select id, ${sha256(clientId)}, ${dbNow()} from ${users} where id = ${userId}
        on conflict do nothing returning user_id`,
      {
        action: 'device.added',
        before: sql`known as (select 1 from ${devices} where user_id = ${userId} limit 1)`,
        also: told(sql`(select user_id from changed where exists (select 1 from known))`, {
          kind: 'new_device',
          key: sql`${sessionId}`,
          data: jsonb({ device })
        })
      }
    )
  )
}
