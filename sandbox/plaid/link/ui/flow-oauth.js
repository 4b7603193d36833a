// Sign-in at an OAuth bank: in a pop-up, or in the app's own tab where pop-ups are unavailable.
import { tellHost } from './bridge.js'
import { oauthPane, oauthWaitingPane } from './message-panes.js'
import { emit, isCurrent, leave } from './session.js'
import { showPane } from './stage.js'

// `session.steps` are the steps of flow.js that follow this sign-in.

const WINDOW = 'popup,width=480,height=760'
const ASK_EVERY = 500

const show = (session, pane) =>
  showPane(session, { onLeave: () => leave(session), status: 'requires_oauth', ...pane })

const addressOf = (stateId) =>
  new URL(`../oauth?state_id=${encodeURIComponent(stateId)}`, location.href).href

export function enterOauth(session, note) {
  show(
    session,
    oauthPane({
      bank: session.bank,
      clientName: session.started.client_name,
      note,
      onBack: session.steps.backOut(session),
      onContinue: () => leaveForBank(session)
    })
  )
}

async function leaveForBank(session) {
  const { can_redirect, settings } = session.started
  if (settings.oauth === 'redirect' && can_redirect) return redirect(session)
  // A window may only open while the click is handled, so it opens empty and navigates afterwards.
  session.popup?.close()
  const popup = window.open('about:blank', '', WINDOW)
  if (!popup)
    return can_redirect
      ? redirect(session)
      : enterOauth(
          session,
          'Your browser blocked the bank’s window. Allow pop-ups for this page, then try again.'
        )
  session.popup = popup
  const oauth = await session.steps.ask(session, 'api/oauth/start', {
    institution_id: session.bank.id,
    mode: 'popup'
  })
  if (!oauth || oauth.error) {
    popup.close()
    return oauth && session.steps.showError(session, oauth.error)
  }
  emit(session, 'OPEN_OAUTH')
  popup.location.replace(addressOf(oauth.state_id))
  show(
    session,
    oauthWaitingPane({
      bank: session.bank,
      onReopen: () => leaveForBank(session),
      onBack: () => cancel(session)
    })
  )
  return watch(session, popup, oauth.state_id)
}

async function redirect(session) {
  const oauth = await session.steps.ask(session, 'api/oauth/start', {
    institution_id: session.bank.id,
    mode: 'redirect'
  })
  if (!oauth) return
  if (oauth.error) return session.steps.showError(session, oauth.error)
  emit(session, 'OPEN_OAUTH')
  tellHost('navigate', { url: addressOf(oauth.state_id) })
}

function cancel(session) {
  session.popup?.close()
  session.popup = null
  enterOauth(session)
}

/**
 * Asks the emulator instead of the window: a window of another browsing context group cannot be
 * read.
 */
async function watch(session, popup, stateId) {
  const watching = () => isCurrent(session) && session.popup === popup
  while (watching()) {
    const wasClosed = popup.closed
    const oauth = await session.steps.ask(session, 'api/oauth/status', { state_id: stateId })
    if (!oauth || !watching()) return
    if (oauth.status && oauth.status !== 'waiting') {
      emit(session, 'CLOSE_OAUTH')
      return settleOauth(session, oauth)
    }
    if (wasClosed) {
      emit(session, 'CLOSE_OAUTH')
      session.popup = null
      return enterOauth(session, 'The bank’s window was closed before you finished.')
    }
    await new Promise((resume) => setTimeout(resume, ASK_EVERY))
  }
}

/** Continues after the OAuth bank: `oauth` is `{status, login_id, account_ids, error}`. */
export function settleOauth(session, oauth) {
  session.popup?.close()
  session.popup = null
  if (oauth.status === 'approved') {
    session.loginId = oauth.login_id
    return session.steps.finish(session, oauth.account_ids)
  }
  emit(session, 'FAIL_OAUTH')
  return session.steps.showError(session, oauth.error)
}
