// The order of the panes.
import { call } from './api.js'
import { enterOauth, settleOauth } from './flow-oauth.js'
import { consentPane, errorPane, successPane } from './message-panes.js'
import { accountsPane, institutionsPane } from './selection-panes.js'
import { emit, fail, handOff, isCurrent, leave } from './session.js'
import { credentialsPane, depositCodePane, mfaPane } from './sign-in-panes.js'
import { showPane } from './stage.js'

const show = (session, pane) => showPane(session, { onLeave: () => leave(session), ...pane })

/**
 * A dead Link token cannot be repaired inside Link: the page is told at once and fetches a new one.
 */
function endedByToken(session, error) {
  if (error.error_code !== 'INVALID_LINK_TOKEN') return false
  fail(session, error)
  leave(session)
  return true
}

/**
 * Calls the emulator for a session; undefined when the session was closed or has ended meanwhile.
 */
async function ask(session, path, body) {
  const answer = await call(path, { link_token: session.token, ...body })
  if (!isCurrent(session) || (answer.error && endedByToken(session, answer.error))) return undefined
  return answer
}

export async function start(session, receivedRedirectUri) {
  session.steps = { ask, backOut, finish, showError }
  const answer = await call('api/start', {
    link_token: session.token ?? '',
    received_redirect_uri: receivedRedirectUri ?? null
  })
  if (!isCurrent(session)) return
  if (!answer.error) {
    session.started = answer
    session.sessionId = answer.link_session_id
    session.bank = answer.institution
  }
  emit(session, 'OPEN')
  if (answer.error) {
    fail(session, answer.error)
    return leave(session)
  }
  if (answer.returned) return settleOauth(session, answer.returned)
  if (answer.update?.asks_for_code) return showDepositCode(session)
  if (answer.update && answer.institution) return enterBank(session)
  return showConsent(session)
}

const showConsent = (session) =>
  show(
    session,
    consentPane({
      clientName: session.started.client_name,
      onContinue: () => showInstitutions(session)
    })
  )

function showInstitutions(session) {
  session.bank = null
  session.error = null
  session.loginId = null
  show(
    session,
    institutionsPane({
      search: async (query) => {
        if (query) emit(session, 'SEARCH_INSTITUTION', { institution_search_query: query })
        return (await ask(session, 'api/institutions', { query }))?.institutions
      },
      onSelect: (bank) => {
        session.bank = bank
        return enterBank(session)
      },
      onBack: () => showConsent(session)
    })
  )
}

/** Verification of an account by a micro-deposit code. */
function showDepositCode(session, refused) {
  show(
    session,
    depositCodePane({
      bank: session.bank,
      refused,
      onSubmit: async (code) => {
        const answer = await ask(session, 'api/verify', { code })
        if (!answer) return
        if (answer.error?.error_code === 'INVALID_MFA') {
          fail(session, answer.error)
          return showDepositCode(
            session,
            'That is not the code. Look for it in the description of the deposit, then try again.'
          )
        }
        if (answer.error) return showError(session, answer.error)
        return handOff(session, answer)
      }
    })
  )
}

const CLOSED = {
  down: [
    'SELECT_DOWN_INSTITUTION',
    'INSTITUTION_DOWN',
    'this institution is not currently responding to requests'
  ],
  unsupported: [
    'SELECT_DOWN_INSTITUTION',
    'INSTITUTION_NO_LONGER_SUPPORTED',
    'this institution is no longer supported'
  ]
}

function enterBank(session) {
  const { bank } = session
  emit(session, 'SELECT_INSTITUTION')
  const closed = CLOSED[bank.status]
  if (closed) {
    const [name, error_code, error_message] = closed
    emit(session, name)
    return showError(session, {
      error_type: 'INSTITUTION_ERROR',
      error_code,
      error_message,
      display_message: null
    })
  }
  if (bank.status === 'degraded') emit(session, 'SELECT_DEGRADED_INSTITUTION')
  return bank.oauth ? enterOauth(session) : showCredentials(session)
}

/** Back from a bank: to the list, or nowhere in update mode, where the bank is fixed. */
const backOut = (session) => (session.started.update ? undefined : () => showInstitutions(session))

function showCredentials(session, refused) {
  show(
    session,
    credentialsPane({
      bank: session.bank,
      update: Boolean(session.started.update),
      refused,
      onBack: backOut(session),
      onSubmit: async (username, password) => {
        emit(session, 'SUBMIT_CREDENTIALS')
        const answer = await ask(session, 'api/login', {
          institution_id: session.bank.id,
          username,
          password
        })
        if (answer) await settleLogin(session, answer, username)
      }
    })
  )
}

function settleLogin(session, answer, username) {
  const outcome = answer.error ? { kind: 'error', error: answer.error } : answer.outcome
  session.loginId = answer.loginId ?? session.loginId
  if (outcome.kind === 'mfa') return showMfa(session, outcome.step)
  if (outcome.kind === 'ok') return settleAccounts(session, outcome.accounts)
  if (outcome.error.error_code !== 'INVALID_CREDENTIALS') return showError(session, outcome.error)
  fail(session, outcome.error)
  const message =
    outcome.error.display_message ?? 'The username or password was not correct. Please try again.'
  return showCredentials(session, { message, username })
}

const showMfa = (session, step) =>
  show(
    session,
    mfaPane({
      bank: session.bank,
      step,
      onBack: () => showCredentials(session),
      onSubmit: async (answers) => {
        emit(session, 'SUBMIT_MFA')
        const answer = await ask(session, 'api/mfa', { login_id: session.loginId, answers })
        if (answer) await settleLogin(session, answer)
      }
    })
  )

function settleAccounts(session, accounts) {
  session.error = null
  const { update } = session.started
  if (update && !update.account_selection) return finish(session, update.account_ids)
  return show(
    session,
    accountsPane({
      bank: session.bank,
      accounts,
      chosen: update ? update.account_ids : accounts.map((account) => account.id),
      clientName: session.started.client_name,
      onBack: () => showCredentials(session),
      onSubmit: (ids) => finish(session, ids)
    })
  )
}

/** Creates or repairs the Item; after that, closing the last pane also hands over the result. */
async function finish(session, accountIds) {
  const finished = await ask(session, 'api/finish', {
    login_id: session.loginId,
    account_ids: accountIds
  })
  if (!finished) return
  if (finished.error) return showError(session, finished.error)
  session.error = null
  const done = () => handOff(session, finished)
  show(
    session,
    successPane({
      bank: session.bank,
      update: Boolean(session.started.update),
      count: accountIds.length,
      clientName: session.started.client_name,
      onContinue: done
    })
  )
}

function showError(session, error) {
  fail(session, error)
  const { oauth, status } = session.bank ?? {}
  const canRetry = session.bank && status !== 'down' && status !== 'unsupported'
  const tryAgain = () => (oauth ? enterOauth(session) : showCredentials(session))
  const pane = {
    bank: session.bank,
    error,
    onRetry: canRetry && tryAgain,
    onOther: backOut(session),
    onExit: () => leave(session)
  }
  show(session, errorPane(pane))
}
