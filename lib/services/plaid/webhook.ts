import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { statusAfterError } from '@/lib/domain/connections/connection'
import type { ParsedWebhook, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { sha256 } from '@/lib/platform/crypto'
import { RequestError } from '@/lib/platform/errors'
import { toIsoTime } from '@/lib/services/plaid/map'
import { findKey } from '@/lib/services/plaid/webhook-keys'
import { type PlaidWebhook, WebhookBody } from '@/lib/services/plaid/wire'

const MAX_AGE_SECONDS = 300
const MAX_AHEAD_SECONDS = 60

const Header = z.object({ alg: z.literal('ES256'), kid: z.string().regex(/^[\w-]{1,100}$/) })
const Claims = z.object({
  iat: z.number(),
  request_body_sha256: z.string().regex(/^[0-9a-f]{64}$/)
})

const badSignature = () => new RequestError('bad_signature', 'The signature does not match.')

/**
 * Verifies Plaid's signature over the raw bytes (whitespace matters). Plaid sends no delivery id
 * and repeats have the same body, so deliveries are identified by key id, issue time and body
 * hash. `isKnown` says whether the Item or Link token is ours; called only for unknown keys.
 * @throws RequestError bad_signature; IntegrationError if the key cannot be fetched, so that Plaid
 * retries (contracts: Plaid §4).
 */
export async function verifyWebhook(
  raw: Uint8Array,
  headers: Headers,
  isKnown: () => Promise<boolean>
): Promise<{ dedupeKey: string }> {
  const token = headers.get('plaid-verification') ?? ''
  const kid = readKeyId(token)
  const key = await findKey(kid, isKnown)
  if (!key) throw badSignature()
  const { iat, request_body_sha256 } = await readClaims(token, key)
  const age = Date.now() / 1_000 - iat
  if (age > MAX_AGE_SECONDS || age < -MAX_AHEAD_SECONDS) throw badSignature()
  if (!timingSafeEqual(Buffer.from(request_body_sha256), Buffer.from(sha256(raw))))
    throw badSignature()
  // Not the token itself: one signature has several valid spellings.
  return { dedupeKey: sha256(`${kid} ${iat} ${request_body_sha256}`) }
}

/** Checks the algorithm first: a token with another one must not cost a key lookup. */
function readKeyId(token: string): string {
  try {
    return Header.parse(decodeProtectedHeader(token)).kid
  } catch {
    throw badSignature()
  }
}

async function readClaims(
  token: string,
  key: NonNullable<Awaited<ReturnType<typeof findKey>>>
): Promise<z.output<typeof Claims>> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: ['ES256'] })
    return Claims.parse(parseJson(payload))
  } catch {
    throw badSignature()
  }
}

const parseJson = (bytes: Uint8Array): unknown =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))

/**
 * Parses a Plaid webhook into effects; null if unreadable. The body is a hint: every effect re-
 * reads Plaid.
 */
export function parseWebhook(raw: Uint8Array): ParsedWebhook | null {
  try {
    const body = WebhookBody.parse(parseJson(raw))
    return {
      type: body.webhook_type,
      code: body.webhook_code,
      vendorObjectId: body.item_id ?? (body.link_token && sha256(body.link_token)),
      effects: [toEffect(body)]
    }
  } catch {
    return null
  }
}

type ItemEffect = (plaidItemId: string, body: PlaidWebhook) => WebhookEffect

const sync: ItemEffect = (plaidItemId) => ({ kind: 'request_sync', plaidItemId })
const ignore =
  (reason: string): ItemEffect =>
  () => ({ kind: 'ignore', reason })
type Hint = Extract<WebhookEffect, { kind: 'check_item' }>['hint']
const check =
  (hint: (body: PlaidWebhook) => Partial<Hint> & Pick<Hint, 'status'>): ItemEffect =>
  (plaidItemId, body) => ({
    kind: 'check_item',
    plaidItemId,
    hint: {
      errorType: body.error?.error_type ?? null,
      errorCode: body.error?.error_code ?? null,
      until: null,
      ...hint(body)
    }
  })

const NUMBERS = ignore('account numbers of linked banks are not kept')
const DEPOSITS = ignore('no accounts are linked by small deposits')
const OWNERS = ignore('owner data of linked banks is not kept')

/** DEFAULT_UPDATE exists for several types, so type and code are matched together. */
const EFFECTS: Record<string, ItemEffect> = {
  'TRANSACTIONS SYNC_UPDATES_AVAILABLE': sync,
  'TRANSACTIONS INITIAL_UPDATE': sync,
  'TRANSACTIONS HISTORICAL_UPDATE': sync,
  'TRANSACTIONS DEFAULT_UPDATE': sync,
  'TRANSACTIONS TRANSACTIONS_REMOVED': ignore('the next sync brings removals'),
  'TRANSACTIONS RECURRING_TRANSACTIONS_UPDATE': sync,
  'LIABILITIES DEFAULT_UPDATE': sync,
  'HOLDINGS DEFAULT_UPDATE': sync,
  'INVESTMENTS_TRANSACTIONS DEFAULT_UPDATE': sync,
  'INVESTMENTS_TRANSACTIONS HISTORICAL_UPDATE': sync,
  'ITEM ERROR': check(({ error }) => ({
    status: (error && statusAfterError(error.error_code)) || 'error'
  })),
  'ITEM LOGIN_REPAIRED': check(() => ({ status: 'good', errorType: null, errorCode: null })),
  'ITEM NEW_ACCOUNTS_AVAILABLE': (plaidItemId) => ({ kind: 'offer_accounts', plaidItemId }),
  'ITEM PENDING_EXPIRATION': check((body) => ({
    status: 'pending_expiration',
    until: toIsoTime(body.consent_expiration_time)
  })),
  'ITEM PENDING_DISCONNECT': check((body) => ({
    status: 'pending_disconnect',
    until: toIsoTime(body.disconnect_time)
  })),
  'ITEM USER_PERMISSION_REVOKED': check(() => ({ status: 'revoked' })),
  'ITEM USER_ACCOUNT_REVOKED': (plaidItemId, body) =>
    body.account_id
      ? { kind: 'check_account', plaidItemId, plaidAccountId: body.account_id }
      : sync(plaidItemId, body),
  'ITEM WEBHOOK_UPDATE_ACKNOWLEDGED': ignore('we asked for the new address ourselves'),
  'AUTH DEFAULT_UPDATE': NUMBERS,
  'AUTH AUTOMATICALLY_VERIFIED': DEPOSITS,
  'AUTH VERIFICATION_EXPIRED': DEPOSITS,
  'AUTH PRODUCT_PERMISSIONS_REQUIRED': NUMBERS,
  'IDENTITY DEFAULT_UPDATE': OWNERS,
  'IDENTITY PRODUCT_PERMISSIONS_REQUIRED': OWNERS,
  'LINK SESSION_FINISHED': (_, { link_token }) =>
    link_token
      ? { kind: 'finish_hosted_link', linkTokenHash: sha256(link_token) }
      : { kind: 'ignore', reason: 'names no Link token' },
  'LINK ITEM_ADD_RESULT': ignore('SESSION_FINISHED follows'),
  'LINK EVENTS': ignore('the browser sends the result of Link')
}

/** Every handled type and code, including the deliberately ignored ones. */
export const HANDLED_WEBHOOKS: readonly string[] = Object.keys(EFFECTS)

/** Webhooks about deleted Items and unknown codes are valid and ignored. */
function toEffect(body: PlaidWebhook): WebhookEffect {
  const webhookName = `${body.webhook_type} ${body.webhook_code}`
  const effect = Object.hasOwn(EFFECTS, webhookName) ? EFFECTS[webhookName] : undefined
  if (!effect) return { kind: 'ignore', reason: 'unknown to this version' }
  const result = effect(body.item_id ?? '', body)
  return result.kind === 'ignore' || result.kind === 'finish_hosted_link' || body.item_id
    ? result
    : { kind: 'ignore', reason: 'names no Item' }
}
