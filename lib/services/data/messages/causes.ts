/** The messages about what needs a user, by the change that starts or ends it. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { type RequestedDocument, toOutcome } from '@/lib/domain/onboarding/application'
import { allDocumentsSent } from '@/lib/domain/onboarding/documents'
import { ended, told } from '@/lib/services/data/messages/messages'

/** A connection (id, user_id) works again, or is disconnected. */
export const signInEnded = (from: SQL): SQL =>
  ended(from, { kind: 'bank_sign_in', subject: sql`f.id` })

/** Jiko has the application (id, user_id), or it was withdrawn. */
export const ssnEnded = (from: SQL): SQL => ended(from, { kind: 'ssn_needed', subject: sql`f.id` })

/** The user went on with the application. */
export const draftEnded = (from: SQL): SQL =>
  ended(from, { kind: 'draft_waiting', subject: sql`f.user_id` })

/** No process is sending the application (id, user_id), and only the user has the number it needs. */
export const tellOfMissingSsn = (from: SQL): SQL =>
  told(from, { kind: 'ssn_needed', subject: sql`f.id` })

/** Jiko's decision about an application (id, user_id, status), or the documents that it needs for one. */
export function tellOfDecision(
  from: SQL,
  { status, documents }: { status: string; documents: readonly RequestedDocument[] }
): SQL {
  const stored = sql`(select * from ${from} d where d.status = ${status})`
  const outcome = toOutcome(status)
  if (outcome === 'documents_needed' && !allDocumentsSent(documents))
    return told(stored, { kind: 'documents_needed', subject: sql`f.id` })
  const over = ended(stored, { kind: 'documents_needed', subject: sql`f.id` })
  if (outcome === 'approved')
    return sql`${told(stored, { kind: 'application_approved', key: sql`f.id` })}, ${over}`
  if (outcome === 'rejected')
    return sql`${told(stored, { kind: 'application_refused', key: sql`f.id` })}, ${over}`
  return over
}
