/** Counterparties whose owner can be compared: those that the user linked here too. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { OwnerMatch } from '@/lib/domain/transfers/owner-match'
import { systemActor } from '@/lib/domain/users/actor'
import {
  type ConnectionJob,
  enqueueConnectionJob
} from '@/lib/services/data/connections/connection-jobs'
import { completed, held } from '@/lib/services/data/jobs/jobs'
import { execute, query } from '@/lib/services/data/sql/query'
import { audit, bumpUserVersion, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, rowType } from '@/lib/services/data/sql/row-type'
import {
  bankAccounts,
  bankConnections,
  connectionTasks,
  counterparties,
  linkedAccounts
} from '@/xata/schema'

const app = systemActor('owner-comparison')

/**
 * Counterparties `c` without a result that equal exactly one linked account by bank and last digits,
 * at a connection with consent for Identity.
 */
const comparable = (where: SQL): SQL => sql`
  select c.id, c.user_id, min(b.id::text)::uuid as connection_id, min(l.plaid_account_id) as plaid_account_id, min(a.jiko_customer_id) as jiko_customer_id
  from ${counterparties} c join ${bankAccounts} a on a.id = c.bank_account_id
    join ${linkedAccounts} l on l.user_id = c.user_id and l.type = 'depository' and l.mask = c.mask and l.closed_at is null
    join ${bankConnections} b on b.id = l.connection_id and b.institution_name = c.institution_name and b.removed_at is null and b.leaving_at is null
  where c.owner_match is null and c.replaced_at is null and ${where}
  group by c.id having count(*) = 1 and bool_and(b.products @> '["identity"]'::jsonb)`

/** The statement that queues a comparison at each of the user's connections that has one to do. */
export const enqueueOwnerComparisons = (userId: string): SQL => sql`
  with target as (select distinct connection_id as id, user_id from (${comparable(sql`c.user_id = ${userId}`)}) found)
  ${enqueueConnectionJob(sql`target`, 'compare_owner', null)}`

/** The counterparties to compare at the connection of a job. */
export const listOwnersToCompare = ({
  connectionId,
  userId
}: ConnectionJob): Promise<{ id: string; plaidAccountId: string; jikoCustomerId: string }[]> =>
  query(
    app,
    rowType({
      id: counterparties.id,
      plaidAccountId: column.text,
      jikoCustomerId: column.text
    }),
    sql`select id, plaid_account_id as "plaidAccountId", jiko_customer_id as "jikoCustomerId"
      from (${comparable(sql`c.user_id = ${userId}`)}) found where connection_id = ${connectionId}::uuid`
  )

/**
 * Stores the results and completes the job. `code` says why there are none. Without effect if the
 * lease was lost.
 */
export async function completeOwnerComparison(
  job: ConnectionJob,
  results: { id: string; ownerMatch: OwnerMatch }[],
  code: string | null = null
): Promise<void> {
  await execute(
    app,
    sql`with job as (update ${connectionTasks} set ${completed(code)} where ${held(job)} returning user_id),
    changed as (
      update ${counterparties} c set owner_match = g."ownerMatch", updated_at = now()
      from job, jsonb_to_recordset(${jsonb(results)}) as g(id uuid, "ownerMatch" text)
      where c.id = g.id and c.user_id = job.user_id returning c.id, c.user_id, c.owner_match
    ), ${audit(app, sql`changed`, { action: 'counterparty.owner_compared', subject: sql`id`, detail: sql`jsonb_build_object('owner', owner_match)` })},
    bumped as (${bumpUserVersion(sql`changed`)}) select 1`
  )
}
