import 'server-only'

export { findTrail, removePerson } from './administer'
export { getAgreements, recordConsent } from './agreements'
export { addAsset, forgetAssetValue, valueAsset } from './assets'
export { confirmPhone } from './confirm-phone'
export { connectBank } from './connect-bank'
export { deleteMyData } from './delete-my-data'
export { disconnectBank } from './disconnect-bank'

export { editTransaction } from './edit-transactions'
export { exportMyData } from './export-my-data'
export { findContact } from './find-contact'
export { confirmTransfer, prepareTransfer } from './fund-account'
export { keepAddresses } from './keep-addresses'
export { type LimitName, requireLimit } from './limits'
export { linkBank } from './link-bank'
export { linkFundingBank, openFundingLink, verifyFundingBank } from './link-funding-bank'
export { onboardUser } from './onboard-user'
export { hasTestDoors, openTestDoor } from './open-test-door'
export {
  chooseStrategy,
  getInvestments,
  listAccountStatements,
  listAccountTransactions,
  listTrades,
  openStatement,
  openTradeConfirmation
} from './read-account'
export { receiveWebhook } from './receive-webhook'
export { recordLinkEvent } from './record-link-event'
export { confirmRelink, relinkBank } from './relink-bank'
export { requestSync } from './request-sync'
export { resumeLink } from './resume-link'
export { revealAccountNumbers } from './reveal-account-numbers'
export { saveAnswer } from './save-answer'
export { savePreferences } from './save-preferences'
export { openTestPage, testPageFor } from './test-page'
export { uploadDocument } from './upload-document'
export { closeStreams, watchChanges } from './watch-changes'
export { drain, drainOnce, startWorker, stopWorker, wakeWorker } from './worker'
