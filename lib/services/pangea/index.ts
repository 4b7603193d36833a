import 'server-only'

export { findActivityTimeline as findTrail, deleteUser as removePerson } from '@/lib/services/pangea/users/administer'
export { getAgreements, recordConsent } from '@/lib/services/pangea/onboarding/agreements'
export { addAsset, deleteAssetValue as forgetAssetValue, setAssetValue as valueAsset } from '@/lib/services/pangea/transactions/assets'
export { confirmPhone } from '@/lib/services/pangea/onboarding/confirm-phone'
export { connectBank } from '@/lib/services/pangea/connections/connect-bank'
export { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'
export { disconnectBank } from '@/lib/services/pangea/connections/disconnect-bank'

export { editTransaction } from '@/lib/services/pangea/transactions/edit-transactions'
export { exportMyData } from '@/lib/services/pangea/users/export-my-data'
export { findContact } from '@/lib/services/pangea/onboarding/find-contact'
export { confirmTransfer, prepareTransfer } from '@/lib/services/pangea/transfers/fund-account'
export { updateWebhookUrls as keepAddresses } from '@/lib/services/pangea/webhooks/webhook-urls'
export { type LimitName, requireRateLimit as requireLimit } from '@/lib/services/pangea/rate-limits'
export { linkBank } from '@/lib/services/pangea/connections/link-bank'
export {
  linkFundingBank,
  createFundingLink as openFundingLink,
  verifyFundingBank
} from '@/lib/services/pangea/transfers/link-funding-bank'
export { onboardUser } from '@/lib/services/pangea/onboarding/onboard-user'
export { hasSandboxActions as hasTestDoors, runSandboxAction as openTestDoor } from '@/lib/services/pangea/connections/sandbox-actions'
export {
  chooseStrategy,
  getInvestments,
  listAccountStatements,
  listAccountTransactions,
  listTrades,
  openStatement,
  openTradeConfirmation
} from '@/lib/services/pangea/account/read-account'
export { receiveWebhook } from '@/lib/services/pangea/webhooks/receive-webhook'
export { recordLinkEvent } from '@/lib/services/pangea/connections/record-link-event'
export { confirmRelink, relinkBank } from '@/lib/services/pangea/connections/relink-bank'
export { requestSync } from '@/lib/services/pangea/connections/request-sync'
export { resumeLink } from '@/lib/services/pangea/connections/resume-link'
export { revealAccountNumbers } from '@/lib/services/pangea/account/reveal-account-numbers'
export { saveAnswer } from '@/lib/services/pangea/onboarding/save-answer'
export { savePreferences } from '@/lib/services/pangea/users/save-preferences'
export { renderTestPage as openTestPage, createTestPageToken as testPageFor } from '@/lib/services/pangea/onboarding/esign-check'
export { uploadDocument } from '@/lib/services/pangea/onboarding/upload-document'
export { closeStreams, watchChanges } from '@/lib/services/pangea/users/watch-changes'
export {
  drain,
  drainOnce,
  startWorker,
  stopWorker,
  wakeWorker
} from '@/lib/services/pangea/worker/worker'
