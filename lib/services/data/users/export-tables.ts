/**
 * What a person can take with them, table by table. Every table is either here with what is held back of it, or named with the reason why nothing of it is
 * theirs to have: a new table that is neither does not compile, and a test looks for secrets in what goes out.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import * as schema from '@/xata/schema'

export type ExportedTable = {
  table: PgTable
  /** Columns, by their name in the code, that stay here. */
  withheld: readonly string[]
  /** Whose rows, where the table has no user_id. */
  owned?: (userId: string) => SQL
  /** In what order; together they tell any two rows of a person apart. */
  order: readonly string[]
  /** The currency of its money, where the table has none. */
  currency?: SQL
  /** What is told in place of a column, by its name in the code. */
  told?: (userId: string) => Record<string, SQL>
}
type NotExported = { notExported: string }

/** The state of work, which says nothing about the person. */
const WORK = ['leaseUntil', 'leaseToken', 'runAt', 'userId'] as const
const mine = ['userId'] as const
const transactionCurrency = sql`(select t.currency from ${schema.transactions} t where t.id = transaction_id)`

const byAdmin = (userId: string) => sql`(actor_kind = 'person' and actor_id <> ${userId})`

export const EXPORTS: Record<keyof typeof schema, ExportedTable | NotExported> = {
  users: {
    table: schema.users,
    withheld: [],
    owned: (userId) => sql`id = ${userId}`,
    order: ['id']
  },
  preferences: { table: schema.preferences, withheld: mine, order: ['userId'] },
  applications: {
    table: schema.applications,
    withheld: [
      ...mine,
      'sealedBody',
      'createKey',
      'applyKey',
      'pocketKey',
      'busyUntil',
      'busyToken',
      'createStartedAt'
    ],
    order: ['id']
  },
  applicationDrafts: { notExported: 'sealed; its answers are in application-answers' },
  consents: { table: schema.consents, withheld: mine, order: ['id'] },
  bankAccounts: { table: schema.bankAccounts, withheld: mine, order: ['id'] },
  bankConnections: {
    table: schema.bankConnections,
    withheld: [...mine, 'cursor', 'publicTokenHash', 'webhookUrl', 'linkSessionId'],
    order: ['id']
  },
  connectionSecrets: { notExported: 'access tokens: whoever has them can read the bank' },
  linkedAccounts: { table: schema.linkedAccounts, withheld: mine, order: ['id'] },
  transactions: { table: schema.transactions, withheld: mine, order: ['bookedOn', 'id'] },
  transactionEdits: {
    table: schema.transactionEdits,
    withheld: [...mine, 'changeId', 'before'],
    order: ['transactionId'],
    currency: transactionCurrency
  },
  transactionParts: {
    table: schema.transactionParts,
    withheld: mine,
    order: ['transactionId', 'n'],
    currency: transactionCurrency
  },
  transferLegs: { table: schema.transferLegs, withheld: mine, order: ['transactionId'] },
  rules: { table: schema.rules, withheld: mine, order: ['id'] },
  visits: { table: schema.visits, withheld: mine, order: ['userId'] },
  counterparties: { table: schema.counterparties, withheld: mine, order: ['id'] },
  transfers: {
    table: schema.transfers,
    withheld: [...WORK, 'attempts', 'status', 'service', 'code', 'startedAt', 'finishedAt'],
    order: ['createdAt', 'id']
  },
  balanceSnapshots: { table: schema.balanceSnapshots, withheld: mine, order: ['takenOn', 'id'] },
  ownAssets: { table: schema.ownAssets, withheld: mine, order: ['id'] },
  ownAssetValues: {
    table: schema.ownAssetValues,
    withheld: [],
    owned: (userId) =>
      sql`asset_id in (select id from ${schema.ownAssets} where user_id = ${userId})`,
    order: ['assetId', 'valuedOn'],
    currency: sql`(select a.currency from ${schema.ownAssets} a where a.id = asset_id)`
  },
  institutions: { notExported: 'about banks, the same for everybody' },
  linkEvents: {
    table: schema.linkEvents,
    withheld: [...mine, 'linkSessionId'],
    order: ['createdAt', 'id']
  },
  linkSessions: {
    notExported: 'visits to Plaid Link under way, with a sealed token, for half an hour'
  },
  syncRuns: { table: schema.syncRuns, withheld: WORK, order: ['createdAt', 'id'] },
  syncPages: { notExported: 'pages of a sync under way; gone when it is committed' },
  connectionTasks: { table: schema.connectionTasks, withheld: WORK, order: ['createdAt', 'id'] },
  notices: { table: schema.notices, withheld: WORK, order: ['createdAt', 'id'] },
  deletionRequests: {
    table: schema.deletionRequests,
    withheld: [...WORK, 'userHash'],
    order: ['id']
  },
  quarantine: { table: schema.quarantine, withheld: [...mine, 'sealedBody'], order: ['id'] },
  webhookDeliveries: {
    notExported: 'what vendors announced: ids and codes, and whatever came of it is elsewhere'
  },
  vendorEvents: { table: schema.vendorEvents, withheld: mine, order: ['createdAt', 'id'] },
  auditLog: {
    table: schema.auditLog,
    withheld: [...mine, 'actorId'],
    order: ['createdAt', 'id'],
    // What an admin did is not the user's own doing, and why is between the admin and the audit log.
    told: (userId) => ({
      actorKind: sql`case when ${byAdmin(userId)} then 'admin' else actor_kind end`,
      detail: sql`case when ${byAdmin(userId)} then detail - 'reason' else detail end`
    })
  },
  userChanges: { notExported: 'a counter that tells open pages to look again' },
  rateLimits: { notExported: 'counters of the last minutes' }
}

export const isExported = (entry: ExportedTable | NotExported): entry is ExportedTable =>
  'table' in entry
