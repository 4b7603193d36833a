/** Rules that set columns of every matching transaction. The user's own edit of a transaction takes precedence. */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  EDIT_LIMITS,
  type Rule,
  type RuleAction,
  type RuleCondition
} from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { query, transaction } from '@/lib/services/data/sql/query'
import { audit, bumpUserVersion, isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { applyRules, matchingTransactions } from '@/lib/services/data/transactions/apply-rules'
import {
  ruleActionColumns,
  ruleActionFields,
  ruleActionValues
} from '@/lib/services/data/transactions/editable-columns'
import { bankConnections, linkedAccounts, rules } from '@/xata/schema'

export type RuleInput = RuleCondition & RuleAction
/** `matched` is how many stored transactions the rule matches. */
export type SavedRule = { rule: Rule; matched: number }

const COLUMNS = sql`id, match, text, account_id as "accountId", flow, ${ruleActionFields}, created_at as "createdAt"`

/** The user's rules, newest first: the order of precedence. */
export const listRules = (actor: UserActor): Promise<Rule[]> =>
  query<Rule>(
    sql`select ${COLUMNS} from ${rules} where user_id = ${actor.userId} order by created_at desc, id`
  )

/**
 * Creates or changes a rule and applies all rules. Idempotent per id.
 * @throws RequestError not_found (no rule to change), invalid (not an account of the user), conflict (too many).
 */
export async function saveRule(
  actor: UserActor,
  { id, isNew }: { id: string; isNew: boolean },
  { match, text, accountId, flow, ...action }: RuleInput
): Promise<SavedRule> {
  if (!isUuid(id)) throw notFound('rule')
  const exists = sql`exists (select 1 from ${rules} where id = ${id}::uuid and user_id = ${actor.userId})`
  const allowed = isNew
    ? sql`(${exists} or (select count(*) from ${rules} where user_id = ${actor.userId}) < ${EDIT_LIMITS.rules}::int)`
    : exists
  const known = sql`(${accountId}::text is null or exists (select 1 from ${linkedAccounts} where id::text = ${accountId}::text and user_id = ${actor.userId}))`
  const columns = sql`match, text, account_id, flow, ${ruleActionColumns}`
  const changed = sql`insert into ${rules} as r (id, user_id, ${columns})
    select ${id}::uuid, ${actor.userId}, ${match}, ${text}, ${accountId}::uuid, ${flow}, ${ruleActionValues(action)} where ${allowed} and ${known}
    on conflict (id) do update set (${columns}, updated_at) = (select excluded.match, excluded.text, excluded.account_id, excluded.flow, ${ruleActionValues(action)}, now())
    where r.user_id = ${actor.userId} returning *`
  const results = await transaction([
    ...lockConnections(actor),
    sql`with changed as (${changed}), audited as (${audit(actor, sql`changed`, { action: 'rule.stored', subject: sql`id` })}),
      bumped as (${bumpUserVersion(sql`changed`)}) select ${COLUMNS} from changed`,
    applyAllRules(actor),
    sql`select count(*)::int as matched from ${matchingTransactions(actor.userId, sql`r.id = ${id}::uuid`)}`
  ])
  const [rule] = (results.at(-3) ?? []) as Rule[]
  if (!rule) throw await refusal(actor, { id, isNew })
  return { rule, matched: Number(results.at(-1)?.[0]?.matched ?? 0) }
}

async function refusal(
  actor: UserActor,
  { id, isNew }: { id: string; isNew: boolean }
): Promise<RequestError> {
  const all = await listRules(actor)
  if (!isNew && !all.some((rule) => rule.id === id)) return notFound('rule')
  if (isNew && all.length >= EDIT_LIMITS.rules)
    return new RequestError(
      'conflict',
      `There can be ${EDIT_LIMITS.rules} rules. Delete one that you do not need.`
    )
  return new RequestError('invalid', 'There is no such account.', {
    fields: { accountId: 'Choose one of your accounts.' }
  })
}

/** The transactions it matched fall back to other rules or the bank's values. @throws RequestError not_found. */
export async function deleteRule(actor: UserActor, id: string): Promise<void> {
  if (!isUuid(id)) throw notFound('rule')
  const results = await transaction([
    ...lockConnections(actor),
    sql`with changed as (delete from ${rules} where id = ${id}::uuid and user_id = ${actor.userId} returning id, user_id),
      audited as (${audit(actor, sql`changed`, { action: 'rule.removed', subject: sql`id` })}), bumped as (${bumpUserVersion(sql`changed`)}) select id from changed`,
    applyAllRules(actor)
  ])
  if (!results.at(-2)?.length) throw notFound('rule')
}

/** A sync must not commit meanwhile: it would apply the old rules, and we would miss its transactions. */
const lockConnections = ({ userId }: UserActor): SQL[] => [
  sql`select id from ${bankConnections} where user_id = ${userId} order by id for no key update`
]

const applyAllRules = ({ userId }: UserActor): SQL =>
  sql`with ${applyRules(userId, sql`true`)} select 1`
