/** All tables. Generate migrations with `npx drizzle-kit generate --name <what-changes>`. */
export {
  auditCheckpoints,
  auditDetails,
  auditEntries,
  auditLog,
  auditSeals
} from './tables/audit'
export {
  bankConnections,
  connectionSecrets,
  institutions,
  linkedAccounts,
  transactions
} from './tables/connections'
export {
  idempotencyKeys,
  linkEvents,
  linkSessions,
  publicTokenClaims,
  rateLimits,
  userChanges,
  vendorEvents
} from './tables/events'
export { investmentTransactions, securityHoldings } from './tables/investments'
export {
  connectionTasks,
  deletionRequests,
  notices,
  quarantine,
  syncPages,
  syncRuns,
  systemJobs,
  webhookDeliveries
} from './tables/jobs'
export { liabilities } from './tables/liabilities'
export { devices, messages } from './tables/messages'
export { balanceSnapshots, ownAssets, ownAssetValues } from './tables/net-worth'
export { adminApprovals, lockLinks, transferLocks } from './tables/protection'
export { recurringStreams } from './tables/recurring-streams'
export {
  rules,
  transactionEdits,
  transactionParts,
  transferLegs,
  visits
} from './tables/transaction-edits'
export { counterparties, transfers } from './tables/transfers'
export {
  applicationDrafts,
  applications,
  bankAccounts,
  consentEvidence,
  consents,
  esignLinks,
  preferences,
  users
} from './tables/users'
