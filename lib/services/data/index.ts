/**
 * DataService: the only module that runs queries. A verb that belongs to a user takes the actor
 * first, and writes everything in one transaction.
 */
import 'server-only'

export { recordAudit } from '@/lib/services/data/admin/audit'
export {
  listAudit,
  listFailedJobs as listTroubledWork,
  listVendorStats as listVendorRecords,
  retryJob as retryWork
} from '@/lib/services/data/admin/operations'
export {
  getActivityTimeline as getTrail,
  hasAccess as hasLooked,
  listUsers as listPeople,
  recordAccess as recordLook
} from '@/lib/services/data/admin/users'
export {
  type ConnectionJob as ConnectionTask,
  claimConnectionJob as claimConnectionTask,
  type HistoryChoice as History,
  requestRemoval,
  requestWebhookUpdates as requestWebhookMoves,
  saveWebhookUrl as storeWebhookUrl
} from '@/lib/services/data/connections/connection-jobs'
export {
  type ConnectionView,
  getConnection,
  getSyncProgress,
  listConnections
} from '@/lib/services/data/connections/connection-views'
export {
  ALREADY_LINKED,
  findConnectionByItem,
  findConnectionByPublicToken,
  getAccessToken,
  listStaleConnections as listSilentConnections,
  type NewConnection,
  saveConnection as storeConnection
} from '@/lib/services/data/connections/connections'
export {
  completeRemoval as storeRemoval,
  eraseHistory,
  listPastConnections
} from '@/lib/services/data/connections/disconnect'
export { closeAccount, findDuplicate } from '@/lib/services/data/connections/duplicate-accounts'
export {
  claimInstitution,
  retryInstitutionLater as postponeInstitution,
  saveInstitution as storeInstitution
} from '@/lib/services/data/connections/institutions'
export {
  markNewAccounts as offerAccounts,
  saveItemStatus as storeItemStatus
} from '@/lib/services/data/connections/item-status'
export {
  findLinkSession,
  type LinkPurpose,
  startLinkSession
} from '@/lib/services/data/connections/link-sessions'
export {
  listAccounts,
  saveAccountView as storeAccountView
} from '@/lib/services/data/connections/linked-accounts'
export {
  claimPublicToken,
  releasePublicToken
} from '@/lib/services/data/connections/public-token-claims'
export { saveRelink as storeRelinked } from '@/lib/services/data/connections/relink'
export {
  claimDelivery,
  completeDelivery,
  type Delivery,
  saveDelivery as storeDelivery
} from '@/lib/services/data/jobs/deliveries'
export {
  claimEmail as claimNotice,
  completeEmail as completeNotice,
  type EmailJob as Notice,
  findEmailFacts as findNoticeFacts
} from '@/lib/services/data/jobs/emails'
export {
  completeJob,
  failJob,
  type Job,
  listDueKinds,
  renewJob
} from '@/lib/services/data/jobs/jobs'
export {
  deleteExpired as deleteOld,
  type RetentionTable as Kept
} from '@/lib/services/data/jobs/retention'
export {
  getOnboardingFacts,
  saveConsent as storeConsent,
  saveDraft as storeAnswer
} from '@/lib/services/data/onboarding/application-draft'
export {
  type ApplicationRecord,
  claimApplication,
  findApplication,
  findApplicationByJikoId,
  listOpenApplications,
  recordApplied as storeApplied,
  recordCreated as storeCreated,
  recordCreateStarted as storeCreateStarted,
  releaseApplication,
  saveApplicationStatus as storeApplicationStatus,
  startApplication
} from '@/lib/services/data/onboarding/applications'
export {
  type BankAccount,
  findBankAccount,
  findBankAccountByPocket,
  listStaleBankAccounts as listSilentBankAccounts,
  saveBankAccount as storeBankAccount,
  saveBankAccountState as storeBankAccountState
} from '@/lib/services/data/onboarding/bank-accounts'
export {
  listWithdrawn as listDiscarded,
  relinkApplication as readoptApplication,
  withdrawApplication as discardApplication
} from '@/lib/services/data/onboarding/withdrawn-applications'
export { recordBalances } from '@/lib/services/data/reports/balance-snapshots'
export { getNetWorth } from '@/lib/services/data/reports/net-worth'
export { getNetWorthHistory } from '@/lib/services/data/reports/net-worth-history'
export {
  createOwnAsset as storeOwnAsset,
  deleteAssetValue as removeAssetValue,
  deleteOwnAsset as removeOwnAsset,
  getOwnAsset,
  listOwnAssets,
  setAssetValue as storeAssetValue,
  updateOwnAsset
} from '@/lib/services/data/reports/own-assets'
export { listRecurring } from '@/lib/services/data/reports/recurring'
export {
  getCashFlow,
  getSpending,
  listTopMerchants,
  summarizeTransactions
} from '@/lib/services/data/reports/spending'
export { checkEncryption, checkStorage } from '@/lib/services/data/sql/health'
export { consumeRateLimit as takeLimit } from '@/lib/services/data/sql/rate-limit'
export { commitSync } from '@/lib/services/data/sync/commit'
export { listQuarantined } from '@/lib/services/data/sync/quarantine'
export {
  deleteStagedPages as dropStagedPages,
  stagePage,
  stageRemovals as stageUnlisted
} from '@/lib/services/data/sync/staged-pages'
export {
  claimBrokenConnections,
  listStalePending,
  STALE_PENDING
} from '@/lib/services/data/sync/stale'
export {
  claimSyncRun,
  failSync,
  requestSync,
  type SyncRun,
  saveBalances as storeBalances
} from '@/lib/services/data/sync/sync-runs'
export {
  listTags,
  saveEdit as storeEdit,
  undoEdit
} from '@/lib/services/data/transactions/edits'
export {
  deleteRule as removeRule,
  listRules,
  type RuleInput,
  saveRule as storeRule
} from '@/lib/services/data/transactions/rules'
export { getSources } from '@/lib/services/data/transactions/sources'
export { saveSplits as storeParts } from '@/lib/services/data/transactions/splits'
export {
  getTransaction,
  listTransactions,
  streamTransactions,
  type TransactionView
} from '@/lib/services/data/transactions/transactions'
export {
  findTransferPair,
  savePairChoice as storePairChoice
} from '@/lib/services/data/transactions/transfer-pairs'
export {
  type CounterpartyRecord,
  findCounterparty,
  listCounterparties,
  listUnverifiedCounterparties as listUnprovenCounterparties,
  saveCounterparties as storeCounterparties,
  saveCounterpartyState as storeCounterpartyState
} from '@/lib/services/data/transfers/counterparties'
export {
  applyStatusUpdate as storeTransferWord,
  claimSubmission as claimOrder,
  findSubmission as findOrder,
  listAccountsToReconcile as listAccountsToCompare,
  listKnownTransferIds as listTakenTransfers,
  listSubmissions as listOrders,
  recordReconciled as markCompared,
  type TransferStatusUpdate as Word,
  type TransferSubmission as Order
} from '@/lib/services/data/transfers/transfer-submissions'
export {
  confirmTransfer,
  findDraftProblem,
  getTransfer,
  listTransfers,
  saveTransferDraft as storeTransferDraft,
  sumTransfers
} from '@/lib/services/data/transfers/transfers'
export {
  claimDeletion,
  type Deletion,
  findDeletion,
  findErasure,
  findJikoIds as findBankIds,
  findPendingRemoval as findUnremoved,
  getDeletion,
  requestDeletion,
  requestItemRemovals as requestRemovals,
  saveDeletionStep as storeDeletionStep
} from '@/lib/services/data/users/deletion'
export {
  deletionPendingError as deletionPending,
  requireNoDeletion
} from '@/lib/services/data/users/deletion-pending'
export {
  completeDeletion,
  eraseUser as erasePerson,
  findErasureBlocker
} from '@/lib/services/data/users/erasure'
export { type ExportFile, listExportFiles } from '@/lib/services/data/users/export'
export {
  findLastSeen as findLastVisit,
  recordLastSeen as recordVisit
} from '@/lib/services/data/users/last-seen'
export {
  getPreferences,
  savePreferences as storePreferences
} from '@/lib/services/data/users/preferences'
export { readUserVersions as readChanges } from '@/lib/services/data/users/user-version'
export {
  ensureUser,
  findEmail,
  saveUserEmail as storeUserEmail
} from '@/lib/services/data/users/users'
export {
  listOrphanedItems,
  recordLinkEvent,
  recordOrphanedItem as recordOrphan
} from '@/lib/services/data/vendor-events'
