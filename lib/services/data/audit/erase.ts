/** Erases a user from the audit log: the entries stay, and their chain stays whole. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { type Details, erasedMac } from '@/lib/domain/audit/chain'
import { systemActor } from '@/lib/domain/users/actor'
import { auditMac, newestAuditKeyId } from '@/lib/platform/audit-keys'
import { DETAILS, detailsColumns } from '@/lib/services/data/audit/columns'
import { moveLegacyEntries } from '@/lib/services/data/audit/seal'
import { query } from '@/lib/services/data/sql/query'
import { jsonb } from '@/lib/services/data/sql/query-helpers'
import { auditDetails } from '@/xata/schema'

const system = systemActor('audit')

const LEGACY_BATCH = 1_000
/** Rows per statement, and statements that leave room for the others of a deletion's batch. */
const CHUNK = 500
const MAX_CHUNKS = 60

type Erasure = { userId: string; alias: string; email: string | null }

/**
 * The statements that replace the user's id by the alias, also in an admin's reason, and remove the
 * user's sessions and networks. Each replaced row gets a keyed digest of what remains.
 * @param when condition under which they apply.
 */
export async function redactAudit(erasure: Erasure, when: SQL): Promise<SQL[]> {
  while ((await moveLegacyEntries({ limit: LEGACY_BATCH })) === LEGACY_BATCH);
  const found = await query(
    system,
    DETAILS,
    sql`select ${detailsColumns} from ${auditDetails} d where ${erasure.userId} in (d.user_id, d.actor_id, d.subject)
      order by d.reason is null, d.audit_id limit ${CHUNK * MAX_CHUNKS}::int`
  )
  const redacted = found.map((row) => redact(row, erasure))
  return Array.from({ length: Math.ceil(redacted.length / CHUNK) }, (_, n) =>
    replaceDetails(redacted.slice(n * CHUNK, (n + 1) * CHUNK), when)
  )
}

function redact(row: Details, { userId, alias, email }: Erasure) {
  const replaced = (value: string | null) => (value === userId ? alias : value)
  const isOwn = row.actorId === userId
  const details: Details = {
    auditId: row.auditId,
    actorId: isOwn ? alias : row.actorId,
    userId: replaced(row.userId),
    subject: replaced(row.subject),
    sessionId: isOwn ? null : row.sessionId,
    network: isOwn ? null : row.network,
    reason: row.reason && redactText(row.reason, [userId, ...(email ? [email] : [])], alias),
    salt: randomUUID()
  }
  const erasedKeyId = newestAuditKeyId()
  return { ...details, erasedKeyId, erasedDigest: erasedMac(auditMac, erasedKeyId, details) }
}

const redactText = (text: string, words: readonly string[], alias: string): string =>
  words.reduce((redacted, word) => redacted.replaceAll(word, alias), text)

const replaceDetails = (rows: ReturnType<typeof redact>[], when: SQL): SQL =>
  sql`update ${auditDetails} d set actor_id = v."actorId", user_id = v."userId", subject = v.subject, session_id = v."sessionId",
      network = v.network, reason = v.reason, salt = v.salt, erased_digest = v."erasedDigest", erased_key_id = v."erasedKeyId"
    from jsonb_to_recordset(${jsonb(rows)}) as v("auditId" uuid, "actorId" text, "userId" text, subject text, "sessionId" text,
      network text, reason text, salt uuid, "erasedDigest" text, "erasedKeyId" text)
    where d.audit_id = v."auditId" and ${when}`
