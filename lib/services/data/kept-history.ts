import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts, transactions } from '../../../xata/schema'

/**
 * Over a transaction `t` of account `l` and connection `c`: whether it counts although its bank may have been left. Somebody who links that bank
 * again gets its past once more, so what a living connection tells steps in for what was kept.
 */
export const isToldOnce: SQL = sql`(c.removed_at is null or not exists (
    select 1 from ${transactions} n join ${linkedAccounts} nl on nl.id = n.account_id join ${bankConnections} nc on nc.id = n.connection_id
    where n.user_id = t.user_id and n.booked_on = t.booked_on and n.amount_minor = t.amount_minor and n.currency = t.currency and n.name = t.name
      and n.removed_at is null and nc.removed_at is null and nc.institution_id = c.institution_id
      and (nl.persistent_account_id = l.persistent_account_id or (nl.mask, nl.subtype, nl.name) is not distinct from (l.mask, l.subtype, l.name))))`
