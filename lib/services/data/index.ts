/**
 * DataService: the only module that runs queries. A function for one user takes the actor first,
 * and writes everything in one transaction.
 */
import 'server-only'

export { approveRemoval } from '@/lib/services/data/admin/approvals'
export { type CallMinute, listCallMinutes } from '@/lib/services/data/admin/call-minutes'
export {
  countConnections,
  countOnboarding,
  countTransfers,
  readJobFigures
} from '@/lib/services/data/admin/figures'
export {
  countLinkErrors,
  listStuckApplications,
  readFunnel,
  readFunnelCohorts
} from '@/lib/services/data/admin/onboarding-report'
export { listFailedJobs, listVendorStats, retryJob } from '@/lib/services/data/admin/operations'
export {
  isKnownItem,
  type LostTransfer,
  listRestoredUsers,
  restoreTransfer
} from '@/lib/services/data/admin/restored'
export {
  getActivityTimeline,
  hasAccess,
  listUsers,
  recordAccess
} from '@/lib/services/data/admin/users'
export { exportAudit, listAudit } from '@/lib/services/data/audit/list'
export { recordAudit } from '@/lib/services/data/audit/record'
export { findHead, moveLegacyEntries, sealEntries } from '@/lib/services/data/audit/seal'
export { type AuditCheck, pruneAudit, verifyAudit } from '@/lib/services/data/audit/verify'
export {
  type ConnectionJob,
  claimConnectionJob,
  type HistoryChoice,
  requestRemoval,
  requestWebhookUpdates,
  saveWebhookUrl
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
  listStaleConnections,
  type NewConnection,
  saveConnection
} from '@/lib/services/data/connections/connections'
export {
  completeRemoval,
  eraseHistory,
  listPastConnections
} from '@/lib/services/data/connections/disconnect'
export { closeAccount, findDuplicate } from '@/lib/services/data/connections/duplicate-accounts'
export {
  claimInstitution,
  retryInstitutionLater,
  saveInstitution
} from '@/lib/services/data/connections/institutions'
export { getAccountInvestments } from '@/lib/services/data/connections/investments'
export { markNewAccounts, saveItemStatus } from '@/lib/services/data/connections/item-status'
export {
  closeHostedSession,
  findHostedSession,
  findLinkSession,
  getHostedSession,
  type LinkPurpose,
  startLinkSession
} from '@/lib/services/data/connections/link-sessions'
export { listAccounts, saveAccountView } from '@/lib/services/data/connections/linked-accounts'
export {
  claimPublicToken,
  releasePublicToken
} from '@/lib/services/data/connections/public-token-claims'
export { saveRelink } from '@/lib/services/data/connections/relink'
export {
  encryptRotatedToken,
  isTokenReplaced,
  recordLostToken,
  requestTokenRotation,
  saveRotatedToken
} from '@/lib/services/data/connections/token-rotation'
export {
  claimDelivery,
  completeDelivery,
  type Delivery,
  listDueLanes
} from '@/lib/services/data/jobs/deliveries'
export {
  claimEmail,
  completeEmail,
  type EmailJob,
  findEmailFacts,
  findMessageFacts
} from '@/lib/services/data/jobs/emails'
export {
  completeJob,
  failJob,
  type Job,
  renewJob,
  repeatJob
} from '@/lib/services/data/jobs/jobs'
export { deleteExpired, type RetentionTable } from '@/lib/services/data/jobs/retention'
export { saveDelivery } from '@/lib/services/data/jobs/save-deliveries'
export { type FoldedDeliveries, foldSyncRequests } from '@/lib/services/data/jobs/sync-requests'
export {
  claimSystemJob,
  ensureSystemJobs,
  type SystemJob
} from '@/lib/services/data/jobs/system-jobs'
export { recordDevice } from '@/lib/services/data/messages/devices'
export {
  countUnreadMessages,
  listMessages,
  readMessages,
  tellUser
} from '@/lib/services/data/messages/messages'
export { listUsersWithoutSummary, tellWaitingUsers } from '@/lib/services/data/messages/waiting'
export {
  getOnboardingFacts,
  saveDraft
} from '@/lib/services/data/onboarding/application-draft'
export {
  claimApplication,
  releaseApplication,
  renewApplication
} from '@/lib/services/data/onboarding/application-lease'
export {
  type ApplicationRecord,
  findApplication,
  findApplicationByJikoId,
  listOpenApplications
} from '@/lib/services/data/onboarding/application-record'
export {
  recordApplied,
  recordCreated,
  recordCreateStarted,
  saveApplicationStatus,
  startApplication
} from '@/lib/services/data/onboarding/applications'
export {
  type BankAccount,
  findBankAccount,
  findBankAccountByPocket,
  listStaleBankAccounts,
  saveBankAccount,
  saveBankAccountState
} from '@/lib/services/data/onboarding/bank-accounts'
export {
  type Demonstration,
  type EsignLinkOutcome,
  getEsignState,
  redeemEsignLink,
  saveConsents,
  saveEsignConsent,
  saveEsignLink
} from '@/lib/services/data/onboarding/consents'
export {
  listWithdrawn,
  relinkApplication,
  withdrawApplication
} from '@/lib/services/data/onboarding/withdrawn-applications'
export {
  claimLock,
  findTransferLock,
  type LockJob,
  type LockOutcome,
  liftLock,
  lockByLink,
  saveLockLink
} from '@/lib/services/data/protection/transfer-locks'
export { recordBalances } from '@/lib/services/data/reports/balance-snapshots'
export { encryptAssetNames } from '@/lib/services/data/reports/encrypt-asset-names'
export { getNetWorth } from '@/lib/services/data/reports/net-worth'
export { getNetWorthHistory } from '@/lib/services/data/reports/net-worth-history'
export {
  createOwnAsset,
  deleteAssetValue,
  deleteOwnAsset,
  getOwnAsset,
  listOwnAssets,
  setAssetValue,
  updateOwnAsset
} from '@/lib/services/data/reports/own-assets'
export { listRecurring } from '@/lib/services/data/reports/recurring'
export {
  getCashFlow,
  getSpending,
  listTopMerchants,
  summarizeTransactions
} from '@/lib/services/data/reports/spending'
export {
  countEncryptedValues,
  ENCRYPTED_COLUMNS,
  reencryptBatch
} from '@/lib/services/data/sql/encrypted-columns'
export { checkEncryption, checkStorage, readPoolUse } from '@/lib/services/data/sql/health'
export {
  claimIdempotencyKey,
  completeIdempotencyKey,
  type IdempotencyClaim,
  releaseIdempotencyKey,
  unlockIdempotencyKey
} from '@/lib/services/data/sql/idempotency-keys'
export { consumeRateLimit } from '@/lib/services/data/sql/rate-limit'
export { commitSync } from '@/lib/services/data/sync/commit'
export { listQuarantined } from '@/lib/services/data/sync/quarantine'
export { deleteStagedPages, stagePage, stageRemovals } from '@/lib/services/data/sync/staged-pages'
export { claimBrokenConnections, listStalePending } from '@/lib/services/data/sync/stale'
export {
  claimSyncRun,
  failSync,
  requestSync,
  type SyncRun,
  saveBalances
} from '@/lib/services/data/sync/sync-runs'
export { STALE_PENDING } from '@/lib/services/data/sync/triggers'
export {
  listOwnCategories,
  listTags,
  saveEdit,
  undoEdit
} from '@/lib/services/data/transactions/edits'
export {
  deleteRule,
  listRules,
  type RuleInput,
  saveRule
} from '@/lib/services/data/transactions/rules'
export { getSources } from '@/lib/services/data/transactions/sources'
export { saveSplits } from '@/lib/services/data/transactions/splits'
export { streamTransactions } from '@/lib/services/data/transactions/stream-transactions'
export {
  getTransaction,
  hasMoreTransactions,
  listTransactions,
  type TransactionView
} from '@/lib/services/data/transactions/transactions'
export { findTransferPair, savePairChoice } from '@/lib/services/data/transactions/transfer-pairs'
export {
  type CounterpartyRecord,
  findCounterparty,
  listCounterparties,
  listUnverifiedCounterparties,
  saveCounterparties,
  saveCounterpartyState
} from '@/lib/services/data/transfers/counterparties'
export {
  completeOwnerComparison,
  listOwnersToCompare
} from '@/lib/services/data/transfers/owner-comparison'
export {
  applyStatusUpdate,
  claimSubmission,
  findSubmission,
  listAccountsToReconcile,
  listKnownTransferIds,
  listSubmissions,
  recordReconciled,
  type TransferStatusUpdate,
  type TransferSubmission
} from '@/lib/services/data/transfers/transfer-submissions'
export {
  confirmTransfer,
  type DraftCheck,
  findDraftProblem,
  getTransfer,
  listTransfers,
  saveTransferDraft,
  sumTransfers
} from '@/lib/services/data/transfers/transfers'
export * from '@/lib/services/data/users'
export {
  listOrphanedItems,
  recordLinkEvent,
  recordOrphanedItem
} from '@/lib/services/data/vendor-events'
