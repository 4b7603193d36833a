// One Link session: its state so far, and the events reported to the page.
import { call } from './api.js'
import { tellHost } from './bridge.js'

/** The open session; null while Link is closed. Results for an older session are dropped. */
let current = null

export const isCurrent = (session) => session === current

export function beginSession(token) {
  current = {
    token,
    started: null,
    sessionId: '',
    bank: null,
    loginId: null,
    accounts: [],
    error: null,
    status: null,
    view: null,
    popup: null
  }
  return current
}

export const endSession = () => {
  current?.popup?.close()
  current = null
}

export const currentSession = () => current

const requestId = () =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(15)),
    (byte) => 'abcdefghijkmnopqrstuvwxyz0123456789'[byte % 35]
  ).join('')

/** All 17 fields of onEvent's metadata; inapplicable ones are null. */
function metadataOf(session, extra) {
  return {
    account_number_mask: null,
    error_type: null,
    error_code: null,
    error_message: null,
    exit_status: null,
    institution_id: session.bank?.id ?? null,
    institution_name: session.bank?.name ?? null,
    institution_search_query: null,
    is_update_mode: session.started?.update ? 'true' : null,
    match_reason: null,
    mfa_type: null,
    routing_number: null,
    view_name: session.view,
    selection: null,
    timestamp: new Date().toISOString(),
    link_session_id: session.sessionId,
    request_id: requestId(),
    ...extra
  }
}

/** Reports one of Link's events to the page and stores it at the emulator. */
export function emit(session, name, extra) {
  const metadata = metadataOf(session, extra)
  tellHost('event', { name, metadata })
  void call('api/event', { link_token: session.token, name, metadata })
}

const errorFields = (error) => ({
  error_type: error.error_type,
  error_code: error.error_code,
  error_message: error.error_message
})

/** Remembers an error: closing Link now passes it to onExit. */
export function fail(session, error, extra) {
  session.error = error
  emit(session, 'ERROR', { ...errorFields(error), ...extra })
}

const exitMetadata = (session) => ({
  institution: session.bank && { name: session.bank.name, institution_id: session.bank.id },
  status: session.status,
  link_session_id: session.sessionId,
  request_id: requestId()
})

/** Gives the page the arguments of onExit, for `exit({force: true})`. */
export function shareContext(session) {
  const context = {
    events: session.started?.settings.events ?? 'batched',
    exit: exitMetadata(session),
    exitEvent: metadataOf(session, { exit_status: session.status })
  }
  tellHost('context', { context })
}

export function leave(session) {
  emit(session, 'EXIT', {
    exit_status: session.status,
    ...(session.error && errorFields(session.error))
  })
  shareContext(session)
  tellHost('exit', { error: session.error, metadata: exitMetadata(session) })
}

export function handOff(session, finished) {
  emit(session, 'HANDOFF')
  tellHost('success', { publicToken: finished.publicToken, metadata: finished.metadata })
}
