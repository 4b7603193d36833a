/**
 * Rules that set columns of every matching transaction. The user's own edit of a transaction takes
 * precedence.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Exact } from '@/lib/domain/exact'
import {
  EDIT_LIMITS,
  type Rule,
  type RuleAction,
  type RuleCondition
} from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { query, transaction } from '@/lib/services/data/sql/query'
import { auditedChange, isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, nullable, rowType, typed } from '@/lib/services/data/sql/row-type'
import { applyRules, matchingTransactions } from '@/lib/services/data/transactions/apply-rules'
import {
  ruleActionColumns,
  ruleActionFields,
  ruleActionValues
} from '@/lib/services/data/transactions/editable-columns'
import { lockUser } from '@/lib/services/data/users/deletion-pending'
import { bankConnections, linkedAccounts, rules } from '@/xata/schema'

export type RuleInput = RuleCondition & RuleAction
/** `matched` is how many stored transactions the rule matches. */
export type SavedRule = { rule: Rule; matched: number }

const RULE = rowType({
  id: rules.id,
  match: nullable(column.textOf<NonNullable<Rule['match']>>()),
  text: rules.text,
  accountId: rules.accountId,
  flow: nullable(column.textOf<NonNullable<Rule['flow']>>()),
  category: rules.category,
  merchant: rules.merchant,
  excluded: rules.excluded,
  createdAt: rules.createdAt
})
const COLUMNS = sql`id, match, text, account_id as "accountId", flow, ${ruleActionFields}, created_at as "createdAt"`

/** The user's rules, newest first: the order of precedence. */
export const listRules = (actor: UserActor): Promise<Rule[]> =>
  query(
    actor,
    RULE,
    sql`select ${COLUMNS} from ${rules} where user_id = ${actor.userId} order by created_at desc, id`
  )

/**
 * Creates or changes a rule and applies all rules. Idempotent per id.
 * @throws RequestError not_found (no rule to change), invalid (not an account of the user),
 * conflict (too many).
 */
export async function saveRule<R extends RuleInput>(
  actor: UserActor,
  { id, isNew }: { id: string; isNew: boolean },
  input: Exact<RuleInput, R>
): Promise<SavedRule> {
  const { match, text, accountId, flow, ...action }: RuleInput = input
  if (!isUuid(id)) throw notFound('rule')
  const known = sql`(${accountId}::text is null or exists (select 1 from ${linkedAccounts} where id::text = ${accountId}::text and user_id = ${actor.userId}))`
  const columns = sql`match, text, account_id, flow, ${ruleActionColumns}`
  const values = sql`${match}::text, ${text}::text, ${accountId}::uuid, ${flow}::text, ${ruleActionValues(action)}`
  // No upsert: row-level security refuses to look at another user's rule of this id.
  const before = sql`updated as (
      update ${rules} r set (${columns}, updated_at) = (select ${values}, now()) where r.id = ${id}::uuid and r.user_id = ${actor.userId} and ${known} returning r.*
    ), inserted as (
      insert into ${rules} (id, user_id, ${columns}) select ${id}::uuid, ${actor.userId}, ${values}
      where ${isNew}::boolean and not exists (select 1 from updated) and ${known}
        and (select count(*) from ${rules} where user_id = ${actor.userId}) < ${EDIT_LIMITS.rules}::int
      on conflict (id) do nothing returning *
    )`
  const [, , [rule], , [matching]] = await transaction(actor, [
    lockUser(actor.userId),
    lockConnections(actor),
    typed(
      RULE,
      auditedChange(actor, sql`select * from updated union all select * from inserted`, {
        action: 'rule.stored',
        subject: sql`id`,
        before,
        result: sql`select ${COLUMNS} from changed`
      })
    ),
    applyAllRules(actor),
    typed(
      rowType({ matched: column.int4 }),
      sql`select count(*)::int as matched from ${matchingTransactions(actor.userId, sql`r.id = ${id}::uuid`)}`
    )
  ])
  if (!rule) throw await refusal(actor, { id, isNew })
  return { rule, matched: matching?.matched ?? 0 }
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
      `You can have up to ${EDIT_LIMITS.rules} rules. Delete one that you no longer need.`
    )
  return new RequestError('invalid', 'There is no such account.', {
    fields: { accountId: 'Choose one of your accounts.' }
  })
}

/**
 * The transactions it matched fall back to other rules or the bank's values.
 * @throws RequestError not_found.
 */
export async function deleteRule(actor: UserActor, id: string): Promise<void> {
  if (!isUuid(id)) throw notFound('rule')
  const [, [deleted]] = await transaction(actor, [
    lockConnections(actor),
    auditedChange(
      actor,
      sql`delete from ${rules} where id = ${id}::uuid and user_id = ${actor.userId} returning id, user_id`,
      { action: 'rule.removed', subject: sql`id` }
    ),
    applyAllRules(actor)
  ])
  if (!deleted) throw notFound('rule')
}

/**
 * A sync must not commit meanwhile: it would apply the old rules, and we would miss its
 * transactions.
 */
const lockConnections = ({ userId }: UserActor): SQL =>
  sql`select id from ${bankConnections} where user_id = ${userId} order by id for no key update`

const applyAllRules = ({ userId }: UserActor): SQL =>
  sql`with ${applyRules(userId, sql`true`)} select 1`
