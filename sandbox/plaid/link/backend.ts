/** The backend of Link: one object over the emulator's records. */
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution, listInstitutions } from '@/sandbox/plaid/institutions'
import { createItem, toWireAccounts, verificationOf } from '@/sandbox/plaid/items'
import { linkableAccounts } from '@/sandbox/plaid/link/accounts'
import { announceResult, endHostedSession, hasEnded } from '@/sandbox/plaid/link/hosted'
import { hasTooManyFailures, submitMfaAnswers, tryLogin } from '@/sandbox/plaid/link/login'
import type { LinkBackend, LinkResult, LinkSuccessMetadata } from '@/sandbox/plaid/link/types'
import { supports } from '@/sandbox/plaid/products'
import {
  type ItemRecord,
  incrementCounter,
  type LinkSession,
  type LoginRecord,
  type Plaid
} from '@/sandbox/plaid/records'
import { changeAccounts, ingest } from '@/sandbox/plaid/transactions/ingestion'

const PUBLIC_TOKEN_LIFETIME = 30 * 60_000
/** Plaid's own code for same-day micro-deposits in its sandbox. */
const MICRODEPOSIT_CODE = 'ABC'
const MAX_WRONG_CODES = 3

type LinkSelection = { linkToken: string; loginId: string; accountIds: string[] }

export function createLinkBackend(plaid: Plaid): LinkBackend {
  const find = (token: string) => findSession(plaid, token)
  return {
    sandbox: plaid.sandbox,
    findLinkToken: find,
    findUpdateTarget: ({ update }) => {
      const item = update && plaid.items.get(update.itemId)
      if (!item || item.removed) return undefined
      const accountIds = item.accounts.map((account) => account.id)
      return {
        institutionId: item.institutionId,
        accountIds,
        asksForCode: item.verification === 'pending_manual_verification'
      }
    },
    listInstitutions,
    getInstitution,
    login: ({ linkToken, institutionId, username, password }) => {
      const session = requireSession(plaid, linkToken)
      const item = session.update && plaid.items.get(session.update.itemId)
      const offered = item ? [item.institutionId] : listInstitutions(session).map(({ id }) => id)
      if (!offered.includes(institutionId)) throw new PlaidApiError('INVALID_INSTITUTION')
      return tryLogin(plaid, session, institutionId, username, password)
    },
    answerMfa: (loginId, answers) => {
      const login = requireLogin(plaid, loginId)
      return submitMfaAnswers(plaid, requireSession(plaid, login.linkTokenId), login, answers)
    },
    finishNew: (done) => finishNew(plaid, done),
    finishUpdate: (done) => finishUpdate(plaid, done),
    verifyCode: (linkToken, code) => verifyCode(plaid, requireSession(plaid, linkToken), code),
    recordLinkEvent: (linkToken, event) => {
      const session = plaid.linkSessions.get(linkToken)
      if (!session) return
      const at = new Date().toISOString()
      const stored = plaid.linkSessions.put({
        ...session,
        events: [
          ...session.events,
          { ...event, at, id: plaid.sandbox.ids.uuid('link-event') }
        ].slice(-200)
      })
      if (event.name === 'EXIT') endHostedSession(plaid, stored, event.metadata)
    }
  }
}

/** A Link token that is known, not expired and not disabled by wrong logins. */
function findSession(plaid: Plaid, token: string): LinkSession | undefined {
  const session = plaid.linkSessions.get(token)
  const expired = session && Date.parse(session.expiresAt) <= plaid.sandbox.clock.now().getTime()
  if (!session || expired || hasTooManyFailures(session) || hasEnded(session)) return undefined
  return session
}

/** The code from a micro-deposit's description. Three wrong codes end the verification. */
function verifyCode(plaid: Plaid, session: LinkSession, code: string): LinkResult {
  const item = session.update && plaid.items.get(session.update.itemId)
  if (!item || item.removed || item.verification !== 'pending_manual_verification')
    throw new PlaidApiError('INVALID_LINK_TOKEN')
  if (code.trim().toUpperCase() !== MICRODEPOSIT_CODE) {
    const wrongCodes = item.wrongCodes + 1
    plaid.items.put({
      ...item,
      wrongCodes,
      verification: wrongCodes < MAX_WRONG_CODES ? item.verification : 'verification_failed'
    })
    throw new PlaidApiError('INVALID_MFA')
  }
  const verified = plaid.items.put({ ...item, verification: 'manually_verified' })
  return completeSession(
    plaid,
    session,
    verified,
    toWireAccounts(plaid, verified).map(({ account_id, ...account }) => ({
      id: account_id,
      ...account
    }))
  )
}

function requireSession(plaid: Plaid, token: string): LinkSession {
  const session = findSession(plaid, token)
  if (!session) throw new PlaidApiError('INVALID_LINK_TOKEN')
  return session
}

function requireLogin(plaid: Plaid, id: string): LoginRecord {
  const login = plaid.logins.get(id)
  if (!login) throw new PlaidApiError('INVALID_CREDENTIALS')
  return login
}

function validateSelection(plaid: Plaid, { linkToken, loginId, accountIds }: LinkSelection) {
  const session = requireSession(plaid, linkToken)
  const login = requireLogin(plaid, loginId)
  if (login.linkTokenId !== session.id || login.state !== 'ok')
    throw new PlaidApiError('INVALID_CREDENTIALS')
  const chosen = linkableAccounts(plaid, session, login).filter((account) =>
    accountIds.includes(account.id)
  )
  if (chosen.length === 0 || !session.products.every((product) => supports(product, chosen)))
    throw new PlaidApiError('NO_ACCOUNTS')
  return { session, login, chosen }
}

function finishNew(plaid: Plaid, done: LinkSelection): LinkResult {
  const { session, login, chosen } = validateSelection(plaid, done)
  if (session.update) throw new PlaidApiError('INVALID_LINK_TOKEN')
  if (plaid.items.get(login.itemId)) throw new PlaidApiError('INVALID_CREDENTIALS')
  const offered = (product: string) =>
    getInstitution(login.institutionId)?.products.includes(product) ?? false
  const products = [
    ...session.products,
    ...session.optionalProducts.filter((product) => offered(product) && supports(product, chosen))
  ]
  createItem(plaid, {
    id: login.itemId,
    clientId: session.clientId,
    verification: login.deposits,
    clientUserId: session.userId,
    institutionId: login.institutionId,
    username: login.username,
    custom: login.custom,
    accountKeys: chosen.map((account) => account.key),
    products,
    consented: [
      ...session.products,
      ...session.optionalProducts,
      ...session.consentedProducts
    ].filter(offered),
    webhook: session.webhook,
    daysRequested: session.daysRequested
  })
  return completeSession(plaid, session, { ...login, id: login.itemId }, chosen)
}

function finishUpdate(plaid: Plaid, done: LinkSelection): LinkResult {
  const { session, chosen } = validateSelection(plaid, done)
  const item = session.update && plaid.items.get(session.update.itemId)
  if (!session.update || !item || item.removed) throw new PlaidApiError('INVALID_LINK_TOKEN')
  const accounts = session.update.accountSelection
    ? chosen.map(({ key, id }) => ({ key, id }))
    : item.accounts
  const same =
    accounts.length === item.accounts.length &&
    accounts.every((a) => item.accounts.some((own) => own.id === a.id))
  const offered = getInstitution(item.institutionId)?.products ?? []
  const consented = [
    ...(item.consented ?? item.products),
    ...session.consentedProducts.filter((product) => offered.includes(product))
  ]
  const changed = plaid.items.put({
    ...item,
    consented,
    error: null,
    consentExpiresAt: null,
    accounts,
    generation: same ? item.generation : item.generation + 1
  })
  if (!same) changeAccounts(plaid, changed)
  ingest(plaid, item.id)
  incrementCounter(plaid, 'updates')
  const kept = chosen.filter((account) => accounts.some((own) => own.id === account.id))
  return completeSession(plaid, session, item, kept)
}

/** A public token of an Item: valid once, for 30 minutes. */
export function makePublicToken(plaid: Plaid, itemId: string): string {
  const expiresAt = new Date(
    plaid.sandbox.clock.now().getTime() + PUBLIC_TOKEN_LIFETIME
  ).toISOString()
  return plaid.publicTokens.put({
    id: `public-sandbox-${plaid.sandbox.ids.uuid('public-token')}`,
    itemId,
    used: false,
    expiresAt
  }).id
}

function completeSession(
  plaid: Plaid,
  session: LinkSession,
  { id: itemId, institutionId }: Pick<ItemRecord, 'id' | 'institutionId'>,
  chosen: { id: string; name: string; mask: string | null; type: string; subtype: string | null }[]
): LinkResult {
  const institution = getInstitution(institutionId)
  const item = plaid.items.get(itemId)
  const metadata: LinkSuccessMetadata = {
    institution: institution ? { name: institution.name, institution_id: institution.id } : null,
    accounts: chosen.map(({ id, name, mask, type, subtype }) => ({
      id,
      name,
      mask,
      type,
      subtype,
      verification_status: (item && verificationOf(plaid, item)) ?? null,
      class_type: null
    })),
    link_session_id: session.linkSessionId
  }
  const publicToken = makePublicToken(plaid, itemId)
  const at = plaid.sandbox.clock.now().toISOString()
  const fresh = plaid.linkSessions.get(session.id) ?? session
  plaid.linkSessions.put({
    ...fresh,
    finished: [...fresh.finished, { at, itemId, publicToken, metadata }]
  })
  announceResult(plaid, session, publicToken)
  return { publicToken, metadata }
}
