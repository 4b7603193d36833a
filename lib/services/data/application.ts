import 'server-only'
import type { Actor, Person, System } from '../../domain/actor'
import { isFinal, type RequestedDocument } from '../../domain/application'
import type { OnboardingFacts } from '../../domain/onboarding'
import { now } from '../../platform/clock'
import { seal } from '../../platform/crypto'
import { RequestError } from '../../platform/errors'
import { type ApplicationRecord, type ApplicationRow, COLUMNS, placeOf, toRecord } from './application-rows'
import { findBankAccount } from './bank-accounts'
import { countConnections } from './connections'
import { getAnswers, getConsent } from './drafts'
import { atomic, audit, changed, instant, row, rows, sql, uuid } from './query'

export type { ApplicationRecord } from './application-rows'

/** Everything that decides where a person stands. */
export async function getOnboardingFacts(person: Person): Promise<OnboardingFacts> {
  const [answers, consent, application, account, linkedConnections] = await Promise.all([
    getAnswers(person),
    getConsent(person),
    findApplication(person),
    findBankAccount(person),
    countConnections(person)
  ])
  return {
    answers,
    consent: consent && { version: consent.version },
    application: application && {
      status: application.status,
      jikoApplicationId: application.jikoApplicationId,
      appliedAt: application.appliedAt,
      busy: application.busyUntil !== null && Date.parse(application.busyUntil) > now().getTime()
    },
    bankAccountId: account?.id ?? null,
    linkedConnections
  }
}

export async function findApplication(person: Person): Promise<ApplicationRecord | null> {
  const found = await row<ApplicationRow>(sql`select ${COLUMNS} from applications where user_id = ${person.userId}`)
  return found && toRecord(found)
}

export async function findApplicationByJikoId(_system: System, jikoApplicationId: string): Promise<ApplicationRecord | null> {
  const found = await row<ApplicationRow>(sql`select ${COLUMNS} from applications where jiko_application_id = ${jikoApplicationId}`)
  return found && toRecord(found)
}

/** The person's one application with its keys, made now or by whoever was first. */
export async function startApplication(person: Person, { body }: { body: string }): Promise<ApplicationRecord> {
  const id = uuid()
  const made = sql`exists (select 1 from applications where id = ${id}::uuid)`
  await atomic([
    sql`insert into applications (id, user_id, sealed_body, create_key, apply_key, pocket_key, created_at, updated_at)
      values (${id}::uuid, ${person.userId}, ${seal(body, placeOf(id, person.userId))}, ${uuid()}::uuid, ${uuid()}::uuid, ${uuid()}::uuid, ${instant()}, ${instant()})
      on conflict (user_id) do nothing`,
    audit(person, 'application.started', { userId: person.userId, subject: id }, made)
  ])
  return requireApplication(person)
}

async function requireApplication(person: Person): Promise<ApplicationRecord> {
  const found = await findApplication(person)
  if (!found) throw new RequestError('not_found', 'There is no application yet.')
  return found
}

const ownerOf = ({ userId }: ApplicationRecord): Person => ({ kind: 'person', userId })

/** Holds the application for this process, so that one at a time talks to the bank; null when another holds it. `forMs` in milliseconds. */
export async function claimApplication(_actor: Actor, applicationId: string, forMs: number): Promise<ApplicationRecord | null> {
  const held = await row<ApplicationRow>(sql`update applications set busy_until = ${instant(forMs)}, busy_token = ${uuid()}::uuid
    where id = ${applicationId}::uuid and (busy_until is null or busy_until < ${instant()}) returning ${COLUMNS}`)
  return held && toRecord(held)
}

export async function releaseApplication(_actor: Actor, application: ApplicationRecord): Promise<void> {
  const { id, userId, busyToken } = application
  const held = sql`id = ${id}::uuid and busy_token = ${busyToken}::uuid`
  await atomic([sql`update applications set busy_until = null where ${held}`, changed(userId)])
}

/** Notes that the bank is being asked, before it is. `renewKey` takes a fresh key, because the bank has forgotten or used up the old one. */
export async function storeCreateStarted(_actor: Actor, application: ApplicationRecord, { renewKey }: { renewKey: boolean }): Promise<ApplicationRecord> {
  const key = renewKey
    ? sql`create_key = ${uuid()}::uuid, create_started_at = ${instant()}`
    : sql`create_started_at = coalesce(create_started_at, ${instant()})`
  await rows(sql`update applications set ${key}, updated_at = ${instant()} where id = ${application.id}::uuid and jiko_application_id is null`)
  return requireApplication(ownerOf(application))
}

/** The bank made the application. A second answer changes nothing: what is not remembered here is never applied. */
export async function storeCreated(
  actor: Actor,
  application: ApplicationRecord,
  { jikoApplicationId, status }: { jikoApplicationId: string; status: string }
): Promise<ApplicationRecord> {
  const mine = sql`exists (select 1 from applications where id = ${application.id}::uuid and jiko_application_id = ${jikoApplicationId})`
  await atomic([
    sql`update applications set jiko_application_id = ${jikoApplicationId}, status = ${status}, updated_at = ${instant()}
      where id = ${application.id}::uuid and jiko_application_id is null`,
    audit(actor, 'application.created', { userId: application.userId, subject: application.id }, mine),
    changed(application.userId)
  ])
  return requireApplication(ownerOf(application))
}

/** The bank is deciding. From here on the answers are the bank's, so the draft and the kept facts go. */
export async function storeApplied(actor: Actor, application: ApplicationRecord, { status }: { status: string }): Promise<ApplicationRecord> {
  const { id, userId } = application
  await atomic([
    audit(actor, 'application.applied', { userId, subject: id }, sql`exists (select 1 from applications where id = ${id}::uuid and applied_at is null)`),
    sql`update applications set applied_at = ${instant()}, status = ${status}, sealed_body = null, updated_at = ${instant()} where id = ${id}::uuid and applied_at is null`,
    sql`delete from application_drafts where user_id = ${userId}`,
    changed(userId)
  ])
  return requireApplication(ownerOf(application))
}

export type Decision = { status: string; jikoCustomerId: string | null; documents: RequestedDocument[] }

/** What the bank says now. A final decision is never taken back by an older answer; only a real change is written and told. */
export async function storeApplicationStatus(actor: Actor, applicationId: string, decision: Decision): Promise<ApplicationRecord> {
  const { status, jikoCustomerId, documents } = decision
  const before = await row<ApplicationRow>(sql`select ${COLUMNS} from applications where id = ${applicationId}::uuid`)
  if (!before) throw new RequestError('not_found', 'There is no application yet.')
  const closed = before.status !== null && isFinal(before.status) && before.status !== status
  const same = before.status === status && before.jiko_customer_id === jikoCustomerId && JSON.stringify(before.documents) === JSON.stringify(documents)
  if (closed || same) {
    await rows(sql`update applications set checked_at = ${instant()} where id = ${applicationId}::uuid`)
    return toRecord(before)
  }
  const unchanged = sql`id = ${applicationId}::uuid and status is not distinct from ${before.status}`
  await atomic([
    audit(
      actor,
      'application.decided',
      { userId: before.user_id, subject: applicationId, detail: { from: before.status, to: status } },
      sql`exists (select 1 from applications where ${unchanged})`
    ),
    sql`update applications set status = ${status}, jiko_customer_id = ${jikoCustomerId}, documents = ${JSON.stringify(documents)}::jsonb,
      checked_at = ${instant()}, updated_at = ${instant()} where ${unchanged}`,
    changed(before.user_id)
  ])
  return requireApplication({ kind: 'person', userId: before.user_id })
}

/** Takes back an application the bank refused before it made one, so that the person can correct the answers. The draft is still there. */
export async function discardApplication(actor: Actor, application: ApplicationRecord): Promise<void> {
  const { id, userId } = application
  await atomic([
    sql`delete from applications where id = ${id}::uuid and jiko_application_id is null`,
    audit(actor, 'application.refused', { userId, subject: id }),
    changed(userId)
  ])
}

/** Applications the bank has not been asked about since `checkedBefore` and that are not settled. */
export async function listOpenApplications(
  _system: System,
  { checkedBefore, limit }: { checkedBefore: Date; limit: number }
): Promise<{ jikoApplicationId: string; userId: string }[]> {
  const found = await rows<{ jiko_application_id: string; user_id: string }>(sql`select a.jiko_application_id, a.user_id from applications a
    left join bank_accounts b on b.application_id = a.id
    where a.jiko_application_id is not null and coalesce(a.checked_at, a.applied_at, a.updated_at) < ${checkedBefore.toISOString()}::timestamptz
      and a.status is distinct from 'REJECTED' and b.id is null
    order by a.checked_at nulls first limit ${limit}`)
  return found.map((found) => ({ jikoApplicationId: found.jiko_application_id, userId: found.user_id }))
}
