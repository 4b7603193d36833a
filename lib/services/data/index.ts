/** DataService: the only place that runs queries. Every function takes first who is asking, and writes all it changes in one go. */
import 'server-only'

export { listAccounts, saveAccountView as storeAccountView } from '@/lib/services/data/connections/linked-accounts'
export { getActivityTimeline as getTrail, hasAccess as hasLooked, listUsers as listPeople, recordAccess as recordLook } from '@/lib/services/data/admin/users'
export {
  listAudit,
  listFailedJobs as listTroubledWork,
  listVendorStats as listVendorRecords,
  retryJob as retryWork
} from '@/lib/services/data/admin/operations'
export {
  getOnboardingFacts,
  saveDraft as storeAnswer,
  saveConsent as storeConsent
} from '@/lib/services/data/onboarding/application-draft'
export {
  type ApplicationRecord,
  claimApplication,
  findApplication,
  findApplicationByJikoId,
  listOpenApplications,
  releaseApplication,
  startApplication,
  saveApplicationStatus as storeApplicationStatus,
  recordApplied as storeApplied,
  recordCreated as storeCreated,
  recordCreateStarted as storeCreateStarted
} from '@/lib/services/data/onboarding/applications'
export { recordAudit } from '@/lib/services/data/admin/audit'
export { recordBalances } from '@/lib/services/data/reports/balance-snapshots'
export {
  type BankAccount,
  findBankAccount,
  findBankAccountByPocket,
  listStaleBankAccounts as listSilentBankAccounts,
  saveBankAccount as storeBankAccount,
  saveBankAccountState as storeBankAccountState
} from '@/lib/services/data/onboarding/bank-accounts'
export { readUserVersions as readChanges } from '@/lib/services/data/users/user-version'
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
  type CounterpartyRecord,
  findCounterparty,
  listCounterparties,
  listUnverifiedCounterparties as listUnprovenCounterparties,
  saveCounterparties as storeCounterparties,
  saveCounterpartyState as storeCounterpartyState
} from '@/lib/services/data/transfers/counterparties'
export {
  claimDeletion,
  type Deletion,
  findJikoIds as findBankIds,
  findDeletion,
  findErasure,
  findPendingRemoval as findUnremoved,
  getDeletion,
  requestDeletion,
  requestItemRemovals as requestRemovals,
  saveDeletionStep as storeDeletionStep
} from '@/lib/services/data/users/deletion'
export {
  claimDelivery,
  completeDelivery,
  type Delivery,
  saveDelivery as storeDelivery
} from '@/lib/services/data/jobs/deliveries'
export {
  withdrawApplication as discardApplication,
  listWithdrawn as listDiscarded,
  relinkApplication as readoptApplication
} from '@/lib/services/data/onboarding/withdrawn-applications'
export {
  eraseHistory,
  listPastConnections,
  completeRemoval as storeRemoval
} from '@/lib/services/data/connections/disconnect'
export { closeAccount, findDuplicate } from '@/lib/services/data/connections/duplicate-accounts'
export { getSources, listTags, saveEdit as storeEdit, undoEdit } from '@/lib/services/data/transactions/edits'
export {
  completeDeletion,
  eraseUser as erasePerson,
  findErasureBlocker
} from '@/lib/services/data/users/erasure'
export { listOrphanedItems, recordLinkEvent, recordOrphanedItem as recordOrphan } from '@/lib/services/data/vendor-events'
export { type ExportFile, listExportFiles } from '@/lib/services/data/users/export'
export { checkEncryption, checkStorage } from '@/lib/services/data/sql/health'
export {
  claimInstitution,
  retryInstitutionLater as postponeInstitution,
  saveInstitution as storeInstitution
} from '@/lib/services/data/connections/institutions'
export { markNewAccounts as offerAccounts, saveItemStatus as storeItemStatus } from '@/lib/services/data/connections/item-status'
export {
  completeJob,
  failJob,
  type Job,
  listDueKinds,
  renewJob
} from '@/lib/services/data/jobs/jobs'
export { deletionPendingError as deletionPending, requireNoDeletion } from '@/lib/services/data/users/deletion-pending'
export { consumeRateLimit as takeLimit } from '@/lib/services/data/sql/rate-limit'
export {
  findLinkSession,
  type LinkPurpose,
  startLinkSession
} from '@/lib/services/data/connections/link-sessions'
export {
  claimEmail as claimNotice,
  completeEmail as completeNotice,
  findEmailFacts as findNoticeFacts,
  type EmailJob as Notice
} from '@/lib/services/data/jobs/emails'
export {
  getCashFlow,
  getSpending,
  listTopMerchants,
  summarizeTransactions
} from '@/lib/services/data/reports/spending'
export { getNetWorthHistory } from '@/lib/services/data/reports/net-worth-history'
export { listRecurring } from '@/lib/services/data/reports/recurring'
export { getNetWorth } from '@/lib/services/data/reports/net-worth'
export {
  getOwnAsset,
  listOwnAssets,
  deleteAssetValue as removeAssetValue,
  deleteOwnAsset as removeOwnAsset,
  setAssetValue as storeAssetValue,
  createOwnAsset as storeOwnAsset,
  updateOwnAsset
} from '@/lib/services/data/reports/own-assets'
export { saveSplits as storeParts } from '@/lib/services/data/transactions/splits'
export { getPreferences, savePreferences as storePreferences } from '@/lib/services/data/users/preferences'
export { listQuarantined } from '@/lib/services/data/sync/quarantine'
export { saveRelink as storeRelinked } from '@/lib/services/data/connections/relink'
export { deleteExpired as deleteOld, type RetentionTable as Kept } from '@/lib/services/data/jobs/retention'
export {
  listRules,
  type RuleInput,
  deleteRule as removeRule,
  saveRule as storeRule
} from '@/lib/services/data/transactions/rules'
export { commitSync } from '@/lib/services/data/sync/commit'
export { deleteStagedPages as dropStagedPages, stagePage, stageRemovals as stageUnlisted } from '@/lib/services/data/sync/staged-pages'
export {
  claimSyncRun,
  failSync,
  requestSync,
  type SyncRun,
  saveBalances as storeBalances
} from '@/lib/services/data/sync/sync-runs'
export {
  claimBrokenConnections,
  listStalePending,
  STALE_PENDING
} from '@/lib/services/data/sync/stale'
export {
  getTransaction,
  listTransactions,
  streamTransactions,
  type TransactionView
} from '@/lib/services/data/transactions/transactions'
export {
  claimSubmission as claimOrder,
  findSubmission as findOrder,
  listAccountsToReconcile as listAccountsToCompare,
  listSubmissions as listOrders,
  listKnownTransferIds as listTakenTransfers,
  recordReconciled as markCompared,
  type TransferSubmission as Order,
  applyStatusUpdate as storeTransferWord,
  type TransferStatusUpdate as Word
} from '@/lib/services/data/transfers/transfer-submissions'
export { findTransferPair, savePairChoice as storePairChoice } from '@/lib/services/data/transactions/transfer-pairs'
export {
  confirmTransfer,
  findDraftProblem,
  getTransfer,
  listTransfers,
  saveTransferDraft as storeTransferDraft,
  sumTransfers
} from '@/lib/services/data/transfers/transfers'
export { ensureUser, findEmail, saveUserEmail as storeUserEmail } from '@/lib/services/data/users/users'
export { findLastSeen as findLastVisit, recordLastSeen as recordVisit } from '@/lib/services/data/users/last-seen'
