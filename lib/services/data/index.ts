/** DataService: the only place that runs queries. Every function takes first who is asking, and writes all it changes in one go. */
import 'server-only'

export { listAccounts } from './accounts'
export { getConsent, getOnboardingFacts, storeAnswer, storeConsent } from './answers'
export {
  type ApplicationRecord,
  claimApplication,
  discardApplication,
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
export { type BankAccount, findBankAccount, findBankAccountByPocket, storeBankAccount, storeBankAccountState } from './bank-accounts'
export { readChanges } from './changes'
export { type ConnectionView, getConnection, getSyncProgress, listConnections } from './connection-views'
export {
  findConnectionByItem,
  findConnectionByPublicToken,
  getAccessToken,
  listSilentConnections,
  type NewConnection,
  storeConnection
} from './connections'
export { claimDelivery, completeDelivery, type Delivery, failDelivery, storeDelivery } from './deliveries'
export { findDuplicate } from './duplicates'
export { recordLinkEvent, recordVendorEvent } from './events'
export { pingStorage } from './health'
export { findInstitution, storeInstitution } from './institutions'
export { storeItemStatus } from './item-status'
export { takeLimit } from './limits'
export { commitSync } from './sync-commit'
export { dropStagedPages, stagePage } from './sync-pages'
export { claimSyncRun, failSync, requestSync, type SyncRun } from './sync-runs'
export { listTransactions, type TransactionPage } from './transactions'
export { ensureUser, findEmail, storeUserEmail } from './users'
