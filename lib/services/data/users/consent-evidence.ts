/** Consents that outlive their user, found by keyed digests of what the person can name. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/users/actor'
import { auditKeyIds, auditMac, newestAuditKeyId } from '@/lib/platform/audit-keys'
import { query } from '@/lib/services/data/sql/query'
import { dbNow, interval, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, nullable, rowType } from '@/lib/services/data/sql/row-type'
import { consentEvidence, consents } from '@/xata/schema'

const system = systemActor('consents')

type Person = { userId: string; email: string | null }

const digest = (keyId: string, kind: 'user' | 'email', value: string): string | null =>
  auditMac(keyId, ['consent', kind, kind === 'email' ? value.trim().toLowerCase() : value])

/**
 * The statement that keeps a user's consents for `keptMs`; it runs before they are erased.
 * Repeating it changes nothing, because the ids stay.
 */
export function keepConsents({ userId, email }: Person, keptMs: number, when: SQL): SQL {
  const keyId = newestAuditKeyId()
  return sql`insert into ${consentEvidence} (id, user_digest, email_digest, key_id, version, category, documents, consented_at, expires_at, created_at)
    select id, ${digest(keyId, 'user', userId)}, ${email && digest(keyId, 'email', email)}::text, ${keyId}, version, category, documents, consented_at,
      ${dbNow()} + ${interval(keptMs)}, ${dbNow()}
    from ${consents} where user_id = ${userId} and ${keptMs}::double precision > 0 and ${when} on conflict (id) do nothing`
}

const EVIDENCE = rowType({
  id: consentEvidence.id,
  version: consentEvidence.version,
  category: nullable(consentEvidence.category),
  documents: column.jsonb<{ title: string; type: string; sha256?: string }[]>(),
  consentedAt: consentEvidence.consentedAt,
  erasedAt: consentEvidence.createdAt,
  expiresAt: consentEvidence.expiresAt
})
export type ConsentEvidence = InferRow<typeof EVIDENCE>

/** The consents of a deleted user, by their user id or e-mail address, oldest first. */
export function findConsentEvidence(
  kind: 'user' | 'email',
  value: string
): Promise<ConsentEvidence[]> {
  const digests = auditKeyIds().map((keyId) => digest(keyId, kind, value))
  const found = kind === 'user' ? sql`user_digest` : sql`email_digest`
  return query(
    system,
    EVIDENCE,
    sql`select id, version, category, documents, consented_at as "consentedAt", created_at as "erasedAt", expires_at as "expiresAt" from ${consentEvidence}
      where ${found} in (select jsonb_array_elements_text(${jsonb(digests)})) order by consented_at, id`
  )
}
