/** DataService: the only place that runs queries. Every function takes first who is asking, and writes all it changes in one go. */
import 'server-only'

export { listAccounts, storeAccountView } from './accounts'
export { getTrail, hasLooked, listPeople, recordLook } from './admin-people'
export { listAudit, listTroubledWork, listVendorRecords, retryWork } from './admin-work'
export { getOnboardingFacts, storeAnswer, storeConsent } from './answers'
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
} from './application'
export { recordAudit } from './audit'
export { recordBalances } from './balance-snapshots'
export {
  type BankAccount,
  findBankAccount,
  findBankAccountByPocket,
  listSilentBankAccounts,
  storeBankAccount,
  storeBankAccountState
} from './bank-accounts'
export { readChanges } from './changes'
export {
  type ConnectionTask,
  claimConnectionTask,
  type History,
  requestRemoval,
  requestWebhookMoves,
  storeWebhookUrl
} from './connection-tasks'
export {
  type ConnectionView,
  getConnection,
  getSyncProgress,
  listConnections
} from './connection-views'
export {
  ALREADY_LINKED,
  findConnectionByItem,
  findConnectionByPublicToken,
  getAccessToken,
  listSilentConnections,
  type NewConnection,
  storeConnection
} from './connections'
export {
  type CounterpartyRecord,
  findCounterparty,
  listCounterparties,
  listUnprovenCounterparties,
  storeCounterparties,
  storeCounterpartyState
} from './counterparties'
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
} from './deletion'
export { claimDelivery, completeDelivery, type Delivery, storeDelivery } from './deliveries'
export { discardApplication, listDiscarded, readoptApplication } from './discarded'
export { eraseHistory, listPastConnections, storeRemoval } from './disconnect'
export { closeAccount, findDuplicate } from './duplicates'
export { getSources, listTags, storeEdit, undoEdit } from './edits'
export { completeDeletion, erasePerson, findErasureBlocker } from './erasure'
export { listOrphanedItems, recordLinkEvent, recordOrphan } from './events'
export { type ExportFile, listExportFiles } from './export'
export { checkEncryption, checkStorage } from './health'
export { claimInstitution, postponeInstitution, storeInstitution } from './institutions'
export { offerAccounts, storeItemStatus } from './item-status'
export { completeJob, failJob, type Job, listDueKinds, renewJob } from './jobs'
export { deletionPending, requireNoDeletion } from './leaving'
export { takeLimit } from './limits'
export { findLinkSession, type LinkPurpose, startLinkSession } from './link-sessions'
export { claimNotice, completeNotice, findNoticeFacts, type Notice } from './notices'
export { getCashFlow, getSpending, listTopMerchants, summarizeTransactions } from './numbers'
export { getNetWorthHistory } from './numbers-history'
export { listRecurring } from './numbers-recurring'
export { getNetWorth } from './numbers-worth'
export {
  getOwnAsset,
  listOwnAssets,
  removeAssetValue,
  removeOwnAsset,
  storeAssetValue,
  storeOwnAsset,
  updateOwnAsset
} from './own-assets'
export { storeParts } from './parts'
export { getPreferences, storePreferences } from './preferences'
export { listQuarantined } from './quarantine'
export { storeRelinked } from './relink'
export { deleteOld, type Kept } from './retention'
export { listRules, type RuleInput, removeRule, storeRule } from './rules'
export { commitSync } from './sync-commit'
export { dropStagedPages, stagePage, stageUnlisted } from './sync-pages'
export { claimSyncRun, failSync, requestSync, type SyncRun, storeBalances } from './sync-runs'
export { claimBrokenConnections, listStalePending, STALE_PENDING } from './sync-sweep'
export {
  getTransaction,
  listTransactions,
  streamTransactions,
  type TransactionView
} from './transactions'
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
} from './transfer-orders'
export { findTransferPair, storePairChoice } from './transfer-pairs'
export {
  confirmTransfer,
  findDraftProblem,
  getTransfer,
  listTransfers,
  storeTransferDraft,
  sumTransfers
} from './transfers'
export { ensureUser, findEmail, storeUserEmail } from './users'
export { findLastVisit, recordVisit } from './visits'
