/** Consents to groups of documents, and the links in test pages that show that PDFs can be opened. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { ESIGN_CATEGORY, type SignedDocument } from '@/lib/domain/onboarding/application'
import type { SystemActor, UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { execute, queryOne, transaction } from '@/lib/services/data/sql/query'
import {
  auditedChange,
  dbNow,
  interval,
  jsonb,
  timestamptz
} from '@/lib/services/data/sql/query-helpers'
import { column, rowType, typed } from '@/lib/services/data/sql/row-type'
import { consents, esignLinks, users } from '@/xata/schema'

export type ConsentInput = {
  version: string
  /** One consent each. */
  groups: { category: string; documents: SignedDocument[] }[]
  consentedAt: string
}

/** Stores the user's consents to groups of documents. All consents stay; the newest count. */
export async function saveConsents(actor: UserActor, input: ConsentInput): Promise<void> {
  const categories = input.groups.map(({ category }) => category)
  await storeConsents(actor, input, {
    action: 'application.consented',
    detail: { version: input.version, categories }
  })
}

/** How the ability to open PDF files was shown. */
export type Demonstration = 'a link in a PDF test page' | 'a number from a PDF test page'

/** Stores the user's consent to electronic documents, and how they showed that they can open them. */
export async function saveEsignConsent(
  actor: UserActor,
  {
    documents,
    shown,
    ...input
  }: Omit<ConsentInput, 'groups'> & { documents: SignedDocument[]; shown: Demonstration }
): Promise<void> {
  const groups = [{ category: ESIGN_CATEGORY, documents }]
  await storeConsents(
    actor,
    { ...input, groups },
    { action: 'application.esign_consented', detail: { version: input.version, shown } }
  )
}

async function storeConsents(
  actor: UserActor,
  { version, groups, consentedAt }: ConsentInput,
  { action, detail }: { action: string; detail: object }
): Promise<void> {
  const rows = sql.join(
    groups.map(
      ({ category, documents }) =>
        sql`(${randomUUID()}::uuid, ${actor.userId}, ${version}, ${category}, ${jsonb(documents)}, ${timestamptz(consentedAt)})`
    ),
    sql`, `
  )
  const made = sql`insert into ${consents} (id, user_id, version, category, documents, consented_at) values ${rows} returning user_id`
  await execute(actor, auditedChange(actor, made, { action, detail: jsonb(detail) }))
}

/** How far the user is with electronic documents of this version. */
export async function getEsignState(
  actor: UserActor,
  version: string
): Promise<{ shown: boolean; agreed: boolean }> {
  const found = await queryOne(
    actor,
    rowType({ shown: column.bool, agreed: column.bool }),
    sql`select
      exists (select 1 from ${esignLinks} where user_id = ${actor.userId} and version = ${version} and used_at is not null) as shown,
      exists (select 1 from ${consents} where user_id = ${actor.userId} and version = ${version} and category = ${ESIGN_CATEGORY}) as agreed`
  )
  return found ?? { shown: false, agreed: false }
}

/** Stores a link for the user's test page. Only the hash of its token is kept. */
export async function saveEsignLink(
  actor: UserActor,
  { version, token, ttlMs }: { version: string; token: string; ttlMs: number }
): Promise<void> {
  await execute(
    actor,
    sql`insert into ${esignLinks} (token_hash, user_id, version, expires_at, created_at)
      select ${sha256(token)}, id, ${version}, ${dbNow()} + ${interval(ttlMs)}, ${dbNow()} from ${users} where id = ${actor.userId}`
  )
}

/** shown: by this call · used, expired: nothing was changed · unknown: no such link. */
export type EsignLinkOutcome = 'shown' | 'used' | 'expired' | 'unknown'

/** Uses a link up: its user can open PDF files. Their open pages refresh. */
export async function redeemEsignLink(app: SystemActor, token: string): Promise<EsignLinkOutcome> {
  const link = sql`token_hash = ${sha256(token)}`
  const [[found], used] = await transaction(app, [
    typed(
      rowType({ used: column.bool, expired: column.bool }),
      sql`select used_at is not null as used, expires_at <= ${dbNow()} as expired from ${esignLinks} where ${link}`
    ),
    auditedChange(
      app,
      sql`update ${esignLinks} set used_at = ${dbNow()} where ${link} and used_at is null and expires_at > ${dbNow()} returning user_id, version`,
      { action: 'application.esign_shown', detail: sql`jsonb_build_object('version', version)` }
    )
  ])
  if (used.length > 0) return 'shown'
  return !found ? 'unknown' : found.used ? 'used' : 'expired'
}
