import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ParsedWebhook, WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { cleanText } from '@/lib/domain/vendor-text'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'

const TOLERANCE_SECONDS = 300

/**
 * Verifies svix's signature and timestamp over the raw bytes. Not the SDK's check, which reports a
 * signed body that is not JSON as a bad signature.
 * @returns the delivery id, which repeats keep. @throws RequestError bad_signature (contracts:
 * Clerk §11).
 */
export async function verifyWebhook(
  raw: Uint8Array,
  headers: Headers
): Promise<{ dedupeKey: string }> {
  const id = headers.get('svix-id') ?? ''
  const timestamp = headers.get('svix-timestamp') ?? ''
  const secret = env().clerk.webhookSecret
  if (!secret) throw new RequestError('bad_signature', 'CLERK_WEBHOOK_SIGNING_SECRET is not set.')
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw).digest()
  const fresh = Math.abs(Date.now() / 1_000 - Number(timestamp || Number.NaN)) <= TOLERANCE_SECONDS
  const signatures = (headers.get('svix-signature') ?? '')
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
  if (
    !id ||
    !fresh ||
    !signatures.some((part) => equal(Buffer.from(part.slice(3), 'base64'), expected))
  ) {
    throw new RequestError('bad_signature', 'The signature does not match.')
  }
  return { dedupeKey: id }
}

const equal = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

const text = z
  .string()
  .transform((value) => cleanText(value, 200) ?? '')
  .refine((value) => value !== '')
const Event = z.object({ type: text, data: z.object({ id: text }) })

/** Parses a Clerk event into effects; null if unreadable. */
export function parseWebhook(raw: Uint8Array): ParsedWebhook | null {
  const event = Event.safeParse(parseJson(raw))
  if (!event.success) return null
  const { type, data } = event.data
  return { type, code: null, vendorObjectId: data.id, effects: [toEffect(type, data.id)] }
}

function toEffect(type: string, id: string): WebhookEffect {
  if (type === 'user.created' || type === 'user.updated') return { kind: 'update_user', userId: id }
  if (type === 'user.deleted') return { kind: 'erase_user', userId: id }
  if (type === 'session.created') return { kind: 'record_sign_in', sessionId: id }
  return { kind: 'ignore', reason: 'nothing to do' }
}

function parseJson(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw))
  } catch {
    return null
  }
}
