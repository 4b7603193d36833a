import 'server-only'
import { randomUUID } from 'node:crypto'
import type { UserActor } from '@/lib/domain/users/actor'
import { sha256 } from '@/lib/platform/crypto'
import { isIntegrationError, isRequestError, RequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import { plaidWebhookUrl } from '@/lib/services/pangea/connections/connect-bank'
import * as AccountService from '@/lib/services/plaid'

/** The values that Link returned to the browser. Every field but the token is an untrusted hint. */
export type LinkResult = {
  publicToken: string
  linkSessionId: string | null
  institutionId: string | null
  accounts: { name: string; mask: string | null; subtype: string | null }[]
  /** Our id of the Link session. */
  visit?: string | null
}

export type Linked = { connectionId: string; outcome: 'linked' | 'already_linked' }

const alreadyLinked = () => new RequestError('conflict', DataService.ALREADY_LINKED)

/**
 * Exchanges Link's public token and stores the connection with its accounts and a first sync.
 * Idempotent per token. A login that is already linked is refused, early by the browser's hints
 * and finally by Plaid's data.
 * @throws RequestError conflict (already linked); IntegrationError if Plaid or the storage does
 * not respond.
 */
export async function linkBank(actor: UserActor, input: LinkResult): Promise<Linked> {
  await DataService.ensureUser(actor)
  const publicTokenHash = sha256(input.publicToken)
  const known = await DataService.findConnectionByPublicToken(actor, publicTokenHash)
  if (known) return { connectionId: known, outcome: 'already_linked' }
  await DataService.requireNoDeletion(actor)
  const claimed = input.accounts.map((account) => ({ ...account, persistentAccountId: null }))
  if (
    input.institutionId &&
    (await DataService.findDuplicate(actor, {
      institutionId: input.institutionId,
      accounts: claimed
    }))
  )
    throw alreadyLinked()

  // Created before the first call, so that the log row of every call names its connection.
  const id = randomUUID()
  const linkedByOther = await claimPublicToken(actor, id, publicTokenHash)
  if (linkedByOther) return { connectionId: linkedByOther, outcome: 'already_linked' }
  try {
    return await exchangeAndSave(actor, id, input, publicTokenHash)
  } finally {
    // Without effect on the outcome: a claim that cannot be deleted expires.
    await DataService.releasePublicToken(actor, id).catch(() => {})
  }
}

/** How long a claim is valid without being released; how long another request waits for it. */
const CLAIM_MS = 60_000
const WAIT_MS = 5_000
const POLL_MS = 150

const expiredToken = () =>
  new RequestError('conflict', 'This sign-in at your bank has expired. Link the bank again.')
const stillLinking = () =>
  new RequestError(
    'conflict',
    'Your bank is still being added. Check your connections in a minute.'
  )

/**
 * Only the holder of the claim exchanges the token. Another request waits until the holder has
 * stored the connection, or has failed and released it.
 * @returns the connection that another request stored; null once this one holds the claim.
 * @throws RequestError conflict while another request still holds it after five seconds.
 */
async function claimPublicToken(
  actor: UserActor,
  id: string,
  publicTokenHash: string
): Promise<string | null> {
  for (const deadline = Date.now() + WAIT_MS; ; ) {
    if (await DataService.claimPublicToken(actor, { id, publicTokenHash, ttlMs: CLAIM_MS })) {
      const stored = await DataService.findConnectionByPublicToken(actor, publicTokenHash)
      if (stored) await DataService.releasePublicToken(actor, id)
      return stored
    }
    const stored = await DataService.findConnectionByPublicToken(actor, publicTokenHash)
    if (stored) return stored
    if (Date.now() > deadline) throw stillLinking()
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

async function exchangeAndSave(
  actor: UserActor,
  id: string,
  input: LinkResult,
  publicTokenHash: string
): Promise<Linked> {
  const exchanged = await exchange(actor, id, input)
  log.info('link.exchanged', {
    userId: actor.userId,
    connectionId: id,
    itemId: exchanged.plaidItemId,
    linkSessionId: input.linkSessionId
  })
  try {
    return await saveLinkedBank(actor, id, exchanged, {
      publicTokenHash,
      linkSessionId: input.linkSessionId,
      sessionId: input.visit ?? null
    })
  } catch (thrown) {
    // If the commit succeeded but its response was lost, removing the Item would leave a broken
    // connection.
    const stored = await findSavedConnection(actor, publicTokenHash)
    if (stored) return { connectionId: stored, outcome: 'linked' }
    await removeNewItem(actor, id, input, exchanged.accessToken)
    throw thrown
  }
}

async function findSavedConnection(
  actor: UserActor,
  publicTokenHash: string
): Promise<string | null> {
  try {
    return await DataService.findConnectionByPublicToken(actor, publicTokenHash)
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    return null
  }
}

type Exchanged = { accessToken: string; plaidItemId: string }

async function exchange(actor: UserActor, id: string, input: LinkResult): Promise<Exchanged> {
  try {
    return await AccountService.exchangePublicToken(
      { userId: actor.userId, connectionId: id },
      input.publicToken
    )
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'INVALID_PUBLIC_TOKEN') throw expiredToken()
    if (mayHaveExchanged(thrown)) await recordOrphanedItem(actor, input, thrown)
    throw thrown
  }
}

async function saveLinkedBank(
  actor: UserActor,
  id: string,
  { accessToken, plaidItemId }: Exchanged,
  from: { publicTokenHash: string; linkSessionId: string | null; sessionId: string | null }
): Promise<Linked> {
  const context = { userId: actor.userId, connectionId: id }
  const [item, accounts] = await Promise.all([
    AccountService.getItem(context, accessToken),
    AccountService.listAccounts(context, accessToken)
  ])
  if (await DataService.findDuplicate(actor, { institutionId: item.institutionId, accounts }))
    throw alreadyLinked()
  const { outcome, connectionId } = await DataService.saveConnection(actor, {
    id,
    plaidItemId,
    accessToken,
    ...from,
    institution: item.institutionId
      ? { id: item.institutionId, name: item.institutionName ?? 'Your bank' }
      : null,
    webhookUrl: plaidWebhookUrl(),
    accounts,
    consentExpiresAt: item.consentExpiresAt,
    products: item.products,
    availableProducts: item.availableProducts
  })
  const { linkSessionId } = from
  if (outcome === 'stored')
    log.info('connection.stored', {
      userId: actor.userId,
      connectionId,
      itemId: plaidItemId,
      linkSessionId,
      institutionId: item.institutionId
    })
  return { connectionId, outcome: outcome === 'stored' ? 'linked' : 'already_linked' }
}

/** An Item without a connection would still be billed, so it is removed at Plaid. */
async function removeNewItem(
  actor: UserActor,
  connectionId: string,
  input: LinkResult,
  accessToken: string
): Promise<void> {
  await AccountService.removeItem({ userId: actor.userId, connectionId }, accessToken).catch(
    (thrown: unknown) => recordOrphanedItem(actor, input, thrown)
  )
}

/**
 * Errors after which Plaid may have completed the exchange although we did not receive the result.
 */
const AMBIGUOUS_EXCHANGE_ERRORS = new Set([
  'TIMEOUT',
  'UNREACHABLE',
  'BAD_RESPONSE',
  'UNKNOWN',
  'INTERNAL_SERVER_ERROR'
])

const mayHaveExchanged = (thrown: unknown): boolean =>
  isIntegrationError(thrown) ? AMBIGUOUS_EXCHANGE_ERRORS.has(thrown.code) : !isRequestError(thrown)

/**
 * Plaid cannot list a client's Items, so the details its support needs are recorded. `count` is
 * the number of unresolved ones.
 */
async function recordOrphanedItem(
  actor: UserActor,
  { linkSessionId, institutionId }: LinkResult,
  thrown: unknown
): Promise<void> {
  const { code, type, requestId } = isIntegrationError(thrown)
    ? thrown
    : { code: 'UNKNOWN', type: null, requestId: null }
  const event = {
    type: 'orphan' as const,
    linkSessionId,
    requestId,
    status: null,
    errorType: type,
    errorCode: code,
    institutionId
  }
  const count = await DataService.recordOrphanedItem(actor, event).catch(() => undefined)
  const what = {
    userId: actor.userId,
    service: 'plaid',
    code,
    linkSessionId,
    institutionId,
    vendorRequestId: requestId
  }
  log.error('link.item_orphaned', count === undefined ? what : { ...what, count })
}
