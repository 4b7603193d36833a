/** DataService: the only place that runs queries. Every function takes who is asking first and binds its query to them. */
import 'server-only'

export { listAccounts } from './accounts'
export {
  type ApplicationRecord,
  claimApplication,
  discardApplication,
  findApplication,
  findApplicationByJikoId,
  getOnboardingFacts,
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
export {
  type ConnectionView,
  findConnectionByItem,
  findConnectionByPublicToken,
  findDuplicate,
  getAccessToken,
  getConnection,
  listConnections,
  listSilentConnections,
  storeConnection,
  storeItemStatus
} from './connections'
export { claimDelivery, completeDelivery, type Delivery, failDelivery, storeDelivery } from './deliveries'
export { getConsent, storeAnswer, storeConsent } from './drafts'
export { recordLinkEvent } from './events'
export { pingStorage } from './health'
export { findInstitution, storeInstitution } from './institutions'
export { takeLimit } from './limits'
export { commitSync, dropStagedPages, stagePage } from './sync-commit'
export { claimSyncRun, failSync, getSyncProgress, requestSync, type SyncRun } from './sync-runs'
export { listTransactions, type TransactionView } from './transactions'
export { ensureUser, findEmail, storeUserEmail } from './users'
