/** The application draft, and the facts that decide the user's next step. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  type ApplicationDraft,
  type Consent,
  ESIGN_CATEGORY
} from '@/lib/domain/onboarding/application'
import type { OnboardingFacts } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { draftEnded } from '@/lib/services/data/messages/causes'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, queryOne } from '@/lib/services/data/sql/query'
import { auditedChange, dbNow, jsonb } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { readOne } from '@/lib/services/data/sql/short-reads'
import {
  applicationDrafts,
  applications,
  bankAccounts,
  bankConnections,
  consents
} from '@/xata/schema'

const MAX_ATTEMPTS = 10

const encryptionContext = (userId: string) => ({
  table: 'application_drafts',
  row: userId,
  owner: userId
})

const FACTS = rowType({
  sealed: nullable(applicationDrafts.sealed),
  applicationId: nullable(applications.id),
  status: applications.status,
  jikoApplicationId: applications.jikoApplicationId,
  appliedAt: applications.appliedAt,
  busy: column.bool,
  startedAt: applications.createStartedAt,
  refusedAt: nullable(column.text),
  consent: nullable(column.jsonb<Consent>()),
  bankAccountId: nullable(bankAccounts.id),
  linked: column.int4
})

/** The facts that decide the onboarding step, read in one statement. The newest consent counts. */
export async function getOnboardingFacts(
  actor: UserActor
): Promise<OnboardingFacts & { consent: Consent | null }> {
  const { userId } = actor
  const found = await readOne(
    actor,
    typed(
      FACTS,
      sql`
    select d.sealed, a.id as "applicationId", a.status, a.jiko_application_id as "jikoApplicationId", a.applied_at as "appliedAt",
      coalesce(a.busy_until > ${dbNow()}, false) as busy, a.create_started_at as "startedAt",
      d.refusals -> -1 ->> 'at' as "refusedAt",
      (select jsonb_build_object('version', version, 'consentedAt', consented_at) from ${consents} where user_id = ${userId} and category is distinct from ${ESIGN_CATEGORY} order by consented_at desc limit 1) as consent,
      (select id from ${bankAccounts} where user_id = ${userId}) as "bankAccountId",
      (select count(*)::int from ${bankConnections} where user_id = ${userId} and removed_at is null) as linked
    from (select 1) one
    left join ${applicationDrafts} d on d.user_id = ${userId}
    left join ${applications} a on a.user_id = ${userId}`
    )
  )
  return {
    draft: found?.sealed ? decryptDraft(found.sealed, userId) : {},
    consent: found?.consent
      ? { ...found.consent, consentedAt: new Date(found.consent.consentedAt).toISOString() }
      : null,
    application: found?.applicationId
      ? {
          status: found.status,
          jikoApplicationId: found.jikoApplicationId,
          startedAt: found.startedAt,
          appliedAt: found.appliedAt,
          busy: found.busy
        }
      : null,
    refusedAt: found?.refusedAt ?? null,
    bankAccountId: found?.bankAccountId ?? null,
    linkedConnections: found?.linked ?? 0
  }
}

const STORED_DRAFT = rowType({
  sealed: nullable(applicationDrafts.sealed),
  version: nullable(applicationDrafts.version),
  sent: column.bool
})

const decryptDraft = (sealed: string, userId: string): ApplicationDraft =>
  JSON.parse(decryptStored(sealed, encryptionContext(userId))) as ApplicationDraft

/**
 * Adds answers to the encrypted draft. Optimistic lock: retries when another tab saved first.
 * @throws RequestError conflict after submission.
 */
export async function saveDraft(actor: UserActor, draft: Partial<ApplicationDraft>): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = await queryOne(
      actor,
      STORED_DRAFT,
      sql`
      select d.sealed, d.version, exists (select 1 from ${applications} where user_id = ${actor.userId}) as sent
      from (select 1) one left join ${applicationDrafts} d on d.user_id = ${actor.userId}`
    )
    if (found?.sent) throw alreadySubmitted()
    const before = found?.sealed ? decryptDraft(found.sealed, actor.userId) : {}
    const sealed = encrypt(JSON.stringify({ ...before, ...draft }), encryptionContext(actor.userId))
    const questions = jsonb({ questions: Object.keys(draft) })
    if (
      await execute(
        actor,
        auditedChange(actor, writeDraft(actor.userId, sealed, found?.version ?? null), {
          action: 'application.answered',
          detail: questions,
          also: draftEnded(sql`changed`)
        })
      )
    )
      return
  }
  throw new RequestError('conflict', 'Your answers are open in another window. Try again.')
}

/** Compares the version before writing; null means that no draft exists yet. */
function writeDraft(userId: string, sealed: string, version: number | null): SQL {
  const unsent = sql`not exists (select 1 from ${applications} where user_id = ${userId})`
  if (version === null)
    return sql`insert into ${applicationDrafts} (user_id, sealed, updated_at) select ${userId}, ${sealed}, ${dbNow()} where ${unsent} on conflict (user_id) do nothing returning user_id`
  return sql`update ${applicationDrafts} set sealed = ${sealed}, version = version + 1, updated_at = ${dbNow()}
    where user_id = ${userId} and version = ${version}::int and ${unsent} returning user_id`
}

const alreadySubmitted = () =>
  new RequestError(
    'conflict',
    'Your application was already sent, so its answers can no longer change.'
  )
