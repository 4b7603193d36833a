/** Applications withdrawn after a refusal by Jiko. Only Jiko's id is kept. */
import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/users/actor'
import { ssnEnded } from '@/lib/services/data/messages/causes'
import type { ApplicationRecord } from '@/lib/services/data/onboarding/application-record'
import { updateApplication } from '@/lib/services/data/onboarding/applications'
import { execute, query } from '@/lib/services/data/sql/query'
import { auditedChange, dbNow, jsonb, ownedBy } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import { applicationDrafts, applications } from '@/xata/schema'

/**
 * Deletes an application that Jiko refused, so that the draft's answers can be corrected. The draft
 * keeps the time and Jiko's id. A submitted or changed application is not deleted.
 */
export async function withdrawApplication(
  actor: Actor,
  application: ApplicationRecord
): Promise<void> {
  const { id, jikoApplicationId } = application
  await execute(
    actor,
    auditedChange(
      actor,
      sql`delete from ${applications} where id = ${id}::uuid and applied_at is null and jiko_application_id is not distinct from ${jikoApplicationId}::text
        and ${ownedBy(actor, sql`user_id`)} returning id, user_id`,
      {
        action: 'application.discarded',
        subject: sql`id`,
        detail: jsonb({ jikoApplicationId }),
        also: sql`noted as (
      update ${applicationDrafts} d set refusals = d.refusals || jsonb_build_array(jsonb_build_object('at', ${dbNow()}, 'jikoApplicationId', ${jikoApplicationId}::text))
      from changed where d.user_id = changed.user_id
    ), ${ssnEnded(sql`changed`)}`
      }
    )
  )
}

/** Jiko's ids of the user's withdrawn applications, newest first. */
export async function listWithdrawn(actor: Actor, userId: string): Promise<string[]> {
  const found = await query(
    actor,
    rowType({ id: column.text }),
    sql`select r ->> 'jikoApplicationId' as id
    from ${applicationDrafts} d, jsonb_array_elements(d.refusals) with ordinality as refusal (r, n)
    where d.user_id = ${userId} and ${ownedBy(actor, sql`d.user_id`)} and r ->> 'jikoApplicationId' is not null order by n desc`
  )
  return found.map(({ id }) => id)
}

/** Continues a withdrawn application that Jiko accepted after all, in place of the current one. */
export const relinkApplication = (
  actor: Actor,
  application: ApplicationRecord,
  jikoApplicationId: string
): Promise<ApplicationRecord> =>
  updateApplication(
    actor,
    application.id,
    { set: sql`jiko_application_id = ${jikoApplicationId}`, where: sql`a.applied_at is null` },
    {
      action: 'application.readopted',
      detail: jsonb({ jikoApplicationId, instead: application.jikoApplicationId }),
      also: ssnEnded(sql`changed`)
    }
  )
