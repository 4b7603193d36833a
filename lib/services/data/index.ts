/** DataService: the only place that runs queries. Every function takes first who is asking, and writes all it changes in one go. */
import 'server-only'

export { listAccounts, storeAccountView } from '@/lib/services/data/connections/linked-accounts'
export { getTrail, hasLooked, listPeople, recordLook } from '@/lib/services/data/admin/users'
export {
  listAudit,
  listTroubledWork,
  listVendorRecords,
  retryWork
} from '@/lib/services/data/admin/operations'
export {
  getOnboardingFacts,
  storeAnswer,
  storeConsent
} from '@/lib/services/data/onboarding/application-draft'
export {
  type ApplicationRecord,
  claimApplication,
  findApplication,
  findApplicationByJikoId,
  listOpenApplications,
  releaseApplication,
  startApplication,
  storeApplicationStatus,
  storeApplied,
  storeCreated,
  storeCreateStarted
} from '@/lib/services/data/onboarding/applications'
export { recordAudit } from '@/lib/services/data/admin/audit'
export { recordBalances } from '@/lib/services/data/reports/balance-snapshots'
export {
  type BankAccount,
  findBankAccount,
  findBankAccountByPocket,
  listSilentBankAccounts,
  storeBankAccount,
  storeBankAccountState
} from '@/lib/services/data/onboarding/bank-accounts'
export { readChanges } from '@/lib/services/data/users/user-version'
export {
  type ConnectionTask,
  claimConnectionTask,
  type History,
  requestRemoval,
  requestWebhookMoves,
  storeWebhookUrl
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
  listSilentConnections,
  type NewConnection,
  storeConnection
} from '@/lib/services/data/connections/connections'
export {
  type CounterpartyRecord,
  findCounterparty,
  listCounterparties,
  listUnprovenCounterparties,
  storeCounterparties,
  storeCounterpartyState
} from '@/lib/services/data/transfers/counterparties'
export {
  claimDeletion,
  type Deletion,
  findBankIds,
  findDeletion,
  findErasure,
  findUnremoved,
  getDeletion,
  requestDeletion,
  requestRemovals,
  storeDeletionStep
} from '@/lib/services/data/users/deletion'
export {
  claimDelivery,
  completeDelivery,
  type Delivery,
  storeDelivery
} from '@/lib/services/data/jobs/deliveries'
export {
  discardApplication,
  listDiscarded,
  readoptApplication
} from '@/lib/services/data/onboarding/withdrawn-applications'
export {
  eraseHistory,
  listPastConnections,
  storeRemoval
} from '@/lib/services/data/connections/disconnect'
export { closeAccount, findDuplicate } from '@/lib/services/data/connections/duplicate-accounts'
export { getSources, listTags, storeEdit, undoEdit } from '@/lib/services/data/transactions/edits'
export {
  completeDeletion,
  erasePerson,
  findErasureBlocker
} from '@/lib/services/data/users/erasure'
export { listOrphanedItems, recordLinkEvent, recordOrphan } from '@/lib/services/data/vendor-events'
export { type ExportFile, listExportFiles } from '@/lib/services/data/users/export'
export { checkEncryption, checkStorage } from '@/lib/services/data/sql/health'
export {
  claimInstitution,
  postponeInstitution,
  storeInstitution
} from '@/lib/services/data/connections/institutions'
export { offerAccounts, storeItemStatus } from '@/lib/services/data/connections/item-status'
export {
  completeJob,
  failJob,
  type Job,
  listDueKinds,
  renewJob
} from '@/lib/services/data/jobs/jobs'
export { deletionPending, requireNoDeletion } from '@/lib/services/data/users/deletion-pending'
export { takeLimit } from '@/lib/services/data/sql/rate-limit'
export {
  findLinkSession,
  type LinkPurpose,
  startLinkSession
} from '@/lib/services/data/connections/link-sessions'
export {
  claimNotice,
  completeNotice,
  findNoticeFacts,
  type Notice
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
  removeAssetValue,
  removeOwnAsset,
  storeAssetValue,
  storeOwnAsset,
  updateOwnAsset
} from '@/lib/services/data/reports/own-assets'
export { storeParts } from '@/lib/services/data/transactions/splits'
export { getPreferences, storePreferences } from '@/lib/services/data/users/preferences'
export { listQuarantined } from '@/lib/services/data/sync/quarantine'
export { storeRelinked } from '@/lib/services/data/connections/relink'
export { deleteOld, type Kept } from '@/lib/services/data/jobs/retention'
export {
  listRules,
  type RuleInput,
  removeRule,
  storeRule
} from '@/lib/services/data/transactions/rules'
export { commitSync } from '@/lib/services/data/sync/commit'
export { dropStagedPages, stagePage, stageUnlisted } from '@/lib/services/data/sync/staged-pages'
export {
  claimSyncRun,
  failSync,
  requestSync,
  type SyncRun,
  storeBalances
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
  claimOrder,
  findOrder,
  listAccountsToCompare,
  listOrders,
  listTakenTransfers,
  markCompared,
  type Order,
  storeTransferWord,
  type Word
} from '@/lib/services/data/transfers/transfer-submissions'
export { findTransferPair, storePairChoice } from '@/lib/services/data/transactions/transfer-pairs'
export {
  confirmTransfer,
  findDraftProblem,
  getTransfer,
  listTransfers,
  storeTransferDraft,
  sumTransfers
} from '@/lib/services/data/transfers/transfers'
export { ensureUser, findEmail, storeUserEmail } from '@/lib/services/data/users/users'
export { findLastVisit, recordVisit } from '@/lib/services/data/users/last-seen'
