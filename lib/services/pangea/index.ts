import 'server-only'

export {
  chooseStrategy,
  getInvestments,
  listAccountStatements,
  listAccountTransactions,
  listTrades,
  openStatement,
  openTradeConfirmation
} from '@/lib/services/pangea/account/read-account'
export { revealAccountNumbers } from '@/lib/services/pangea/account/reveal-account-numbers'
export { checkAudit, verifyAudit } from '@/lib/services/pangea/audit/check-audit'
export { exportAudit } from '@/lib/services/pangea/audit/export-audit'
export { findConsents } from '@/lib/services/pangea/audit/find-consents'
export { sealAudit } from '@/lib/services/pangea/audit/seal-audit'
export { connectBank } from '@/lib/services/pangea/connections/connect-bank'
export { disconnectBank } from '@/lib/services/pangea/connections/disconnect-bank'
export { finishHostedLink, startHostedLink } from '@/lib/services/pangea/connections/hosted-link'
export { linkBank } from '@/lib/services/pangea/connections/link-bank'
export { recordLinkEvent } from '@/lib/services/pangea/connections/record-link-event'
export { confirmRelink, relinkBank } from '@/lib/services/pangea/connections/relink-bank'
export { requestSync } from '@/lib/services/pangea/connections/request-sync'
export { resumeLink } from '@/lib/services/pangea/connections/resume-link'
export { requestTokenRotation } from '@/lib/services/pangea/connections/rotate-token'
export {
  hasSandboxActions,
  runSandboxAction
} from '@/lib/services/pangea/connections/sandbox-actions'
export { encryptNames } from '@/lib/services/pangea/encryption/encrypt-names'
export { listKeyUse, retireKey, rotateKeys } from '@/lib/services/pangea/encryption/rotate-keys'
export { findIncidents } from '@/lib/services/pangea/health/find-incidents'
export { collectMetrics } from '@/lib/services/pangea/metrics/collect-metrics'
export {
  getAgreements,
  recordConsent,
  recordEsignConsent
} from '@/lib/services/pangea/onboarding/agreements'
export { confirmPhone } from '@/lib/services/pangea/onboarding/confirm-phone'
export { confirmReadable, renderTestPage } from '@/lib/services/pangea/onboarding/esign-check'
export { findContact } from '@/lib/services/pangea/onboarding/find-contact'
export { onboardUser } from '@/lib/services/pangea/onboarding/onboard-user'
export { prefillApplication } from '@/lib/services/pangea/onboarding/prefill-application'
export { saveAnswer } from '@/lib/services/pangea/onboarding/save-answer'
export { uploadDocument } from '@/lib/services/pangea/onboarding/upload-document'
export { lockTransfers, unlockTransfers } from '@/lib/services/pangea/protection/lock-transfers'
export {
  type LimitName,
  type NetworkLimitName,
  requireNetworkLimit,
  requireRateLimit,
  requireRowQuota
} from '@/lib/services/pangea/rate-limits'
export {
  addAsset,
  deleteAssetValue,
  setAssetValue
} from '@/lib/services/pangea/transactions/assets'
export { editTransaction } from '@/lib/services/pangea/transactions/edit-transactions'
export {
  exportTransactions,
  isLargeExport,
  LARGE_EXPORT_ROWS
} from '@/lib/services/pangea/transactions/export-transactions'
export { confirmTransfer, prepareTransfer } from '@/lib/services/pangea/transfers/fund-account'
export {
  createFundingLink,
  linkFundingBank,
  verifyFundingBank
} from '@/lib/services/pangea/transfers/link-funding-bank'
export {
  deleteUser,
  findActivityTimeline
} from '@/lib/services/pangea/users/administer'
export { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'
export { exportMyData } from '@/lib/services/pangea/users/export-my-data'
export { runOnce } from '@/lib/services/pangea/users/run-once'
export { savePreferences } from '@/lib/services/pangea/users/save-preferences'
export { closeStreams, watchChanges } from '@/lib/services/pangea/users/watch-changes'
export { receiveWebhook } from '@/lib/services/pangea/webhooks/receive-webhook'
export { updateWebhookUrls } from '@/lib/services/pangea/webhooks/webhook-urls'
export { reconcileAfterRestore } from '@/lib/services/pangea/worker/reconcile-after-restore'
export {
  isWorkerAlive,
  runDueJobs,
  runWorkerFor,
  startWorker,
  stopWorker,
  wakeWorker
} from '@/lib/services/pangea/worker/worker'
