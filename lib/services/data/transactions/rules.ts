/** What a person wants done with every transaction like this. What a rule says is kept beside the transaction, behind the person's own word. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { bankConnections, linkedAccounts, rules } from '@/xata/schema'
import type { UserActor } from '@/lib/domain/users/actor'
import { LIMITS, type Rule, type RuleThen, type RuleWhen } from '@/lib/domain/transactions/edits'
import { RequestError } from '@/lib/platform/errors'
import { audit, bump, isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { applyRules, matchesOf } from '@/lib/services/data/transactions/apply-rules'
import { atomic, rows } from '@/lib/services/data/sql/query'

export type RuleInput = RuleWhen & RuleThen
/** `matched` is how many of the transactions that are here the rule is about. */
export type StoredRule = { rule: Rule; matched: number }

const COLUMNS = sql`id, match, text, account_id as "accountId", flow, category, merchant, excluded, created_at as "createdAt"`

/** The person's rules, newest first: the order in which they decide. */
export const listRules = (person: UserActor): Promise<Rule[]> =>
  rows<Rule>(
    sql`select ${COLUMNS} from ${rules} where user_id = ${person.userId} order by created_at desc, id`
  )

/**
 * Makes a rule, or changes one that is there, and applies all of them. Making the same one twice is making it once.
 * @throws RequestError not_found (to change), invalid (an account of nobody), conflict (too many).
 */
export async function storeRule(
  person: UserActor,
  { id, isNew }: { id: string; isNew: boolean },
  { match, text, accountId, flow, category, merchant, excluded }: RuleInput
): Promise<StoredRule> {
  if (!isUuid(id)) throw notFound('rule')
  const there = sql`exists (select 1 from ${rules} where id = ${id}::uuid and user_id = ${person.userId})`
  const lawful = isNew
    ? sql`(${there} or (select count(*) from ${rules} where user_id = ${person.userId}) < ${LIMITS.rules}::int)`
    : there
  const known = sql`(${accountId}::text is null or exists (select 1 from ${linkedAccounts} where id::text = ${accountId}::text and user_id = ${person.userId}))`
  const changed = sql`insert into ${rules} as r (id, user_id, match, text, account_id, flow, category, merchant, excluded)
    select ${id}::uuid, ${person.userId}, ${match}, ${text}, ${accountId}::uuid, ${flow}, ${category}, ${merchant}, ${excluded}::boolean where ${lawful} and ${known}
    on conflict (id) do update set (match, text, account_id, flow, category, merchant, excluded) =
      row(excluded.match, excluded.text, excluded.account_id, excluded.flow, excluded.category, excluded.merchant, excluded.excluded), updated_at = now()
    where r.user_id = ${person.userId} returning *`
  const answers = await atomic([
    ...quiet(person),
    sql`with changed as (${changed}), audited as (${audit(person, sql`changed`, { action: 'rule.stored', subject: sql`id` })}),
      bumped as (${bump(sql`changed`)}) select ${COLUMNS} from changed`,
    applied(person),
    sql`select count(*)::int as matched from ${matchesOf(person.userId, sql`r.id = ${id}::uuid`)}`
  ])
  const [rule] = (answers.at(-3) ?? []) as Rule[]
  if (!rule) throw await refusal(person, { id, isNew })
  return { rule, matched: Number(answers.at(-1)?.[0]?.matched ?? 0) }
}

async function refusal(
  person: UserActor,
  { id, isNew }: { id: string; isNew: boolean }
): Promise<RequestError> {
  const all = await listRules(person)
  if (!isNew && !all.some((rule) => rule.id === id)) return notFound('rule')
  if (isNew && all.length >= LIMITS.rules)
    return new RequestError(
      'conflict',
      `There can be ${LIMITS.rules} rules. Delete one that you do not need.`
    )
  return new RequestError('invalid', 'That account is not there.', {
    fields: { accountId: 'Choose one of your accounts.' }
  })
}

/** The transactions it was about fall back to other rules, or to what the bank says. @throws RequestError not_found. */
export async function removeRule(person: UserActor, id: string): Promise<void> {
  if (!isUuid(id)) throw notFound('rule')
  const answers = await atomic([
    ...quiet(person),
    sql`with changed as (delete from ${rules} where id = ${id}::uuid and user_id = ${person.userId} returning id, user_id),
      audited as (${audit(person, sql`changed`, { action: 'rule.removed', subject: sql`id` })}), bumped as (${bump(sql`changed`)}) select id from changed`,
    applied(person)
  ])
  if (!answers.at(-2)?.length) throw notFound('rule')
}

/** No sync may commit in between: it would have looked at the rules of before, and we at the transactions of before. */
const quiet = ({ userId }: UserActor): SQL[] => [
  sql`select id from ${bankConnections} where user_id = ${userId} order by id for no key update`
]

const applied = ({ userId }: UserActor): SQL => sql`with ${applyRules(userId, sql`true`)} select 1`
