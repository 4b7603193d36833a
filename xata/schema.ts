/** Every table, the source of the migrations: `npx drizzle-kit generate --name <what-changes>`. */
export {
  bankConnections,
  connectionSecrets,
  institutions,
  linkedAccounts,
  transactions
} from './tables/banks'
export { rules, transactionEdits, transactionParts, transferLegs, visits } from './tables/edits'
export {
  applicationDrafts,
  applications,
  bankAccounts,
  consents,
  preferences,
  users
} from './tables/people'
export {
  auditLog,
  linkEvents,
  linkSessions,
  rateLimits,
  userChanges,
  vendorEvents
} from './tables/records'
export { counterparties, transfers } from './tables/transfers'
export {
  connectionTasks,
  deletionRequests,
  notices,
  quarantine,
  syncPages,
  syncRuns,
  webhookDeliveries
} from './tables/work'
export { balanceSnapshots, ownAssets, ownAssetValues } from './tables/worth'
