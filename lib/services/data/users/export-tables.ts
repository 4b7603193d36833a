/**
 * The tables of a user’s export. Every table is listed, with the columns that are withheld or the
 * reason why it is not exported: a missing table does not compile, and a test searches the export
 * for secrets.
 */
import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { readAssetName } from '@/lib/services/data/reports/own-assets'
import * as schema from '@/xata/schema'

export type ExportedTable = {
  table: PgTable
  /** Withheld columns, by their name in the code. */
  omitted: readonly string[]
  /** The owner’s column, for tables without user_id. */
  rowsOf?: (userId: string) => SQL
  /** The sort order; it is unique per user. */
  orderBy: readonly string[]
  /** The currency of amounts, for tables without one. */
  currency?: SQL
  /** Columns that are read but not exported, and the row with their decrypted values. */
  decrypted?: {
    from: readonly string[]
    read: (row: Record<string, unknown>, userId: string) => Record<string, unknown>
  }
  /** Expressions exported in place of a column, by its name in the code. */
  overrides?: (userId: string) => Record<string, SQL>
}
type EncryptedName = Parameters<typeof readAssetName>[0]
type NotExported = { notExported: string }

/** The state of jobs, which is not about the user. */
const JOB_COLUMNS = ['leaseUntil', 'leaseToken', 'runAt', 'traceparent', 'userId'] as const
const OWNER_COLUMNS = ['userId'] as const
const transactionCurrency = sql`(select t.currency from ${schema.transactions} t where t.id = transaction_id)`

export const EXPORTS: Record<keyof typeof schema, ExportedTable | NotExported> = {
  users: {
    table: schema.users,
    omitted: [],
    rowsOf: (userId) => sql`id = ${userId}`,
    orderBy: ['id']
  },
  preferences: { table: schema.preferences, omitted: OWNER_COLUMNS, orderBy: ['userId'] },
  applications: {
    table: schema.applications,
    omitted: [
      ...OWNER_COLUMNS,
      'sealedBody',
      'createKey',
      'applyKey',
      'pocketKey',
      'busyUntil',
      'busyToken',
      'createStartedAt'
    ],
    orderBy: ['id']
  },
  applicationDrafts: { notExported: 'encrypted; its answers are in application-answers' },
  consents: { table: schema.consents, omitted: OWNER_COLUMNS, orderBy: ['id'] },
  consentEvidence: { notExported: 'consents of deleted users, without their ids' },
  bankAccounts: { table: schema.bankAccounts, omitted: OWNER_COLUMNS, orderBy: ['id'] },
  bankConnections: {
    table: schema.bankConnections,
    omitted: [...OWNER_COLUMNS, 'cursor', 'publicTokenHash', 'webhookUrl', 'linkSessionId'],
    orderBy: ['id']
  },
  connectionSecrets: { notExported: 'access tokens, which give access to the bank' },
  linkedAccounts: { table: schema.linkedAccounts, omitted: OWNER_COLUMNS, orderBy: ['id'] },
  securityHoldings: {
    table: schema.securityHoldings,
    omitted: OWNER_COLUMNS,
    orderBy: ['accountId', 'plaidSecurityId']
  },
  investmentTransactions: {
    table: schema.investmentTransactions,
    omitted: OWNER_COLUMNS,
    orderBy: ['bookedOn', 'id']
  },
  recurringStreams: {
    table: schema.recurringStreams,
    omitted: OWNER_COLUMNS,
    orderBy: ['accountId', 'plaidStreamId']
  },
  liabilities: { table: schema.liabilities, omitted: OWNER_COLUMNS, orderBy: ['accountId'] },
  transactions: { table: schema.transactions, omitted: OWNER_COLUMNS, orderBy: ['bookedOn', 'id'] },
  transactionEdits: {
    table: schema.transactionEdits,
    omitted: [...OWNER_COLUMNS, 'changeId', 'before'],
    orderBy: ['transactionId'],
    currency: transactionCurrency
  },
  transactionParts: {
    table: schema.transactionParts,
    omitted: OWNER_COLUMNS,
    orderBy: ['transactionId', 'n'],
    currency: transactionCurrency
  },
  transferLegs: { table: schema.transferLegs, omitted: OWNER_COLUMNS, orderBy: ['transactionId'] },
  rules: { table: schema.rules, omitted: OWNER_COLUMNS, orderBy: ['id'] },
  visits: { table: schema.visits, omitted: OWNER_COLUMNS, orderBy: ['userId'] },
  counterparties: { table: schema.counterparties, omitted: OWNER_COLUMNS, orderBy: ['id'] },
  transfers: {
    table: schema.transfers,
    omitted: [...JOB_COLUMNS, 'attempts', 'status', 'service', 'code', 'startedAt', 'finishedAt'],
    orderBy: ['createdAt', 'id']
  },
  balanceSnapshots: {
    table: schema.balanceSnapshots,
    omitted: OWNER_COLUMNS,
    orderBy: ['takenOn', 'id']
  },
  ownAssets: {
    table: schema.ownAssets,
    omitted: [...OWNER_COLUMNS, 'sealedName'],
    orderBy: ['id'],
    decrypted: {
      from: ['sealedName'],
      read: (row, userId) => ({ ...row, name: readAssetName(row as EncryptedName, userId) })
    }
  },
  ownAssetValues: {
    table: schema.ownAssetValues,
    omitted: [],
    rowsOf: (userId) =>
      sql`asset_id in (select id from ${schema.ownAssets} where user_id = ${userId})`,
    orderBy: ['assetId', 'valuedOn'],
    currency: sql`(select a.currency from ${schema.ownAssets} a where a.id = asset_id)`
  },
  institutions: { notExported: 'about banks, the same for everybody' },
  linkEvents: {
    table: schema.linkEvents,
    omitted: [...OWNER_COLUMNS, 'linkSessionId'],
    orderBy: ['createdAt', 'id']
  },
  linkSessions: {
    notExported: 'open Plaid Link sessions with an encrypted token, kept for half an hour'
  },
  publicTokenClaims: { notExported: 'hashes of public tokens, for as long as one is exchanged' },
  syncRuns: { table: schema.syncRuns, omitted: JOB_COLUMNS, orderBy: ['createdAt', 'id'] },
  syncPages: { notExported: 'pages of a running sync, deleted when it is committed' },
  connectionTasks: {
    table: schema.connectionTasks,
    omitted: JOB_COLUMNS,
    orderBy: ['createdAt', 'id']
  },
  notices: { table: schema.notices, omitted: JOB_COLUMNS, orderBy: ['createdAt', 'id'] },
  messages: {
    table: schema.messages,
    omitted: [...OWNER_COLUMNS, 'key'],
    orderBy: ['createdAt', 'id']
  },
  transferLocks: {
    table: schema.transferLocks,
    omitted: JOB_COLUMNS,
    orderBy: ['createdAt', 'id']
  },
  esignLinks: { notExported: 'hashes of the links in test pages' },
  lockLinks: { notExported: 'hashes of the links in e-mails that lock transfers' },
  adminApprovals: { notExported: 'decisions of admins; the audit log has them' },
  devices: { notExported: 'hashes by which a browser is recognised' },
  deletionRequests: {
    table: schema.deletionRequests,
    omitted: [...JOB_COLUMNS, 'userHash'],
    orderBy: ['id']
  },
  quarantine: {
    table: schema.quarantine,
    omitted: [...OWNER_COLUMNS, 'sealedBody'],
    orderBy: ['id']
  },
  webhookDeliveries: {
    notExported: 'what vendors announced: ids and codes, and whatever came of it is elsewhere'
  },
  vendorEvents: {
    table: schema.vendorEvents,
    omitted: OWNER_COLUMNS,
    orderBy: ['createdAt', 'id']
  },
  auditEntries: {
    table: schema.auditEntries,
    omitted: [],
    rowsOf: (userId) =>
      sql`id in (select audit_id from ${schema.auditDetails} where user_id = ${userId})`,
    orderBy: ['createdAt', 'id'],
    overrides: (userId) => ({
      actorKind: sql`case when exists (select 1 from ${schema.auditDetails} d where d.audit_id = id and actor_kind = 'person' and d.actor_id <> ${userId})
        then 'admin' else actor_kind end`
    })
  },
  // An admin’s identity, sessions and reasons are not the user’s data.
  auditDetails: {
    table: schema.auditDetails,
    omitted: [...OWNER_COLUMNS, 'actorId', 'salt', 'erasedDigest', 'erasedKeyId'],
    orderBy: ['auditId'],
    overrides: (userId) => ({
      sessionId: sql`case when actor_id = ${userId} then session_id end`,
      network: sql`case when actor_id = ${userId} then network end`,
      reason: sql`case when actor_id = ${userId} then reason end`
    })
  },
  auditLog: { notExported: 'entries of earlier versions, which move to the audit entries' },
  auditSeals: { notExported: 'digests of the audit log' },
  auditCheckpoints: { notExported: 'digests of the audit log' },
  systemJobs: { notExported: 'repeating work of the app' },
  userChanges: { notExported: 'a counter that makes open pages refresh' },
  idempotencyKeys: { notExported: 'copies of answers, kept for a day' },
  rateLimits: { notExported: 'counters of the last minutes' }
}

export const isExported = (entry: ExportedTable | NotExported): entry is ExportedTable =>
  'table' in entry
