import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ParsedWebhook, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { sha256 } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { JikoEvent } from '@/lib/services/jiko/wire'

/**
 * Jiko signs no timestamp, so the event's own is limited: long enough for Jiko's retries, too
 * short for useful replays.
 */
const MAX_AGE_MS = 24 * 60 * 60_000
const MAX_AHEAD_MS = 5 * 60_000

/**
 * Verifies the signature over the raw bytes with each of our secrets, and the event's age
 * (contracts: Jiko §6).
 * @returns the event id, which repeats keep, or a hash of signed but unreadable bytes. @throws
 * RequestError bad_signature.
 */
export async function verifyWebhook(
  raw: Uint8Array,
  headers: Headers,
  secrets: readonly string[] = env().jiko.webhookSecrets
): Promise<{ dedupeKey: string }> {
  const given = Buffer.from(headers.get('x-jiko-signature') ?? '', 'base64')
  const matches = secrets.map((secret) =>
    equal(given, createHmac('sha256', secret).update(raw).digest())
  )
  if (!matches.includes(true))
    throw new RequestError('bad_signature', 'The signature does not match.')
  const event = parseEvent(raw)
  const age = event ? Date.now() - Date.parse(event.timestamp) : 0
  if (age > MAX_AGE_MS || age < -MAX_AHEAD_MS)
    throw new RequestError('bad_signature', 'The event is too old.')
  return { dedupeKey: event?.event_id ?? `unreadable:${sha256(raw)}` }
}

const equal = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

/** Parses a Jiko event into effects; null if unreadable. */
export function parseWebhook(raw: Uint8Array): ParsedWebhook | null {
  const event = parseEvent(raw)
  return event && toParsedWebhook(event)
}

function parseEvent(raw: Uint8Array): JikoEvent | null {
  try {
    const event = JikoEvent.safeParse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
    )
    return event.success && !Number.isNaN(Date.parse(event.data.timestamp)) ? event.data : null
  } catch {
    return null
  }
}

const Ids = z.object({
  application_id: z.uuid().optional().catch(undefined),
  jiko_account_id: z.uuid().optional().catch(undefined),
  origin_account_id: z.uuid().optional().catch(undefined),
  destination_account_id: z.uuid().optional().catch(undefined)
})

/** Payloads contain ids only: the application or pocket is read again. */
export function toParsedWebhook({ event_type, payload }: JikoEvent): ParsedWebhook {
  const ids = Ids.parse(payload)
  const pockets = [ids.jiko_account_id, ids.origin_account_id, ids.destination_account_id].filter(
    (id) => id !== undefined
  )
  const effects = toEffects(event_type, ids.application_id, pockets)
  return {
    type: event_type,
    code: null,
    vendorObjectId: ids.application_id ?? pockets[0] ?? null,
    effects
  }
}

/**
 * Events of one family share an effect, including unknown ones (docs/contracts/jiko-webhooks.md).
 */
function toEffects(
  type: string,
  applicationId: string | undefined,
  pockets: string[]
): WebhookEffect[] {
  if (type.startsWith('card.')) return [ignore('no cards are issued here')]
  if (type.startsWith('application.'))
    return applicationId
      ? [{ kind: 'advance_onboarding', jikoApplicationId: applicationId }]
      : [ignore(NO_OBJECT_ID)]
  if (!type.startsWith('transfers.')) return [ignore('unknown to this version')]
  return pockets.length
    ? pockets.map((jikoPocketId) => ({ kind: 'refresh_account', jikoPocketId }))
    : [ignore(NO_OBJECT_ID)]
}

const NO_OBJECT_ID = 'contains no id that could be read again'
const ignore = (reason: string): WebhookEffect => ({ kind: 'ignore', reason })
