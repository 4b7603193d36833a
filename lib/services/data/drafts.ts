import 'server-only'
import type { Person } from '../../domain/actor'
import type { Answers, Consent } from '../../domain/application'
import { seal, unseal } from '../../platform/crypto'
import { IntegrationError } from '../../platform/errors'
import { atomic, audit, instant, iso, json, row, rows, sql, uuid } from './query'

const TRIES = 5

const placeOf = ({ userId }: Person) => ({ table: 'application_drafts', row: userId, owner: userId })

type Draft = { answers: Answers; version: number }

async function findDraft(person: Person): Promise<Draft | null> {
  const found = await row<{ sealed: string; version: number }>(sql`select sealed, version from application_drafts where user_id = ${person.userId}`)
  return found && { answers: JSON.parse(unseal(found.sealed, placeOf(person))) as Answers, version: found.version }
}

/** What the person has answered so far. */
export async function getAnswers(person: Person): Promise<Answers> {
  return (await findDraft(person))?.answers ?? {}
}

/** Adds answers to the sealed draft. Compares versions, so that two tabs answering two questions both keep theirs. */
export async function storeAnswer(person: Person, answers: Partial<Answers>): Promise<void> {
  for (let n = 0; n < TRIES; n++) {
    const draft = await findDraft(person)
    const sealed = seal(JSON.stringify({ ...draft?.answers, ...answers }), placeOf(person))
    const kept = draft
      ? await rows(sql`update application_drafts set sealed = ${sealed}, version = version + 1, updated_at = ${instant()}
          where user_id = ${person.userId} and version = ${draft.version} returning version`)
      : await rows(sql`insert into application_drafts (user_id, sealed, created_at, updated_at)
          values (${person.userId}, ${sealed}, ${instant()}, ${instant()}) on conflict (user_id) do nothing returning version`)
    if (kept.length > 0) return
  }
  throw new IntegrationError({ service: 'xata', code: 'BUSY', retryable: true })
}

/** Keeps what was agreed to: the version, the documents' titles and the time. */
export async function storeConsent(person: Person, consent: Consent & { documents: { title: string; type: string }[] }): Promise<void> {
  const { version, documents, consentedAt } = consent
  await atomic([
    sql`insert into consents (id, user_id, version, documents, consented_at)
      values (${uuid()}::uuid, ${person.userId}, ${version}, ${json(documents)}, ${consentedAt}::timestamptz)`,
    audit(person, 'agreements.accepted', { userId: person.userId, detail: { version } })
  ])
}

/** The newest consent. */
export async function getConsent(person: Person): Promise<Consent | null> {
  const found = await row<{ version: string; consented_at: string }>(
    sql`select version, consented_at from consents where user_id = ${person.userId} order by consented_at desc limit 1`
  )
  return found && { version: found.version, consentedAt: iso(found.consented_at) }
}
