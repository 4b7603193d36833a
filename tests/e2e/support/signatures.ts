import { createHmac, randomUUID } from 'node:crypto'
import { secretOf } from '@/tests/e2e/support/stack'

/** The headers of a Clerk webhook. @param at its sending time in ms */
export function svixHeaders(
  body: string,
  at = Date.now(),
  id = `msg_${randomUUID()}`
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const key = Buffer.from(secretOf('CLERK_WEBHOOK_SIGNING_SECRET').replace('whsec_', ''), 'base64')
  return {
    'svix-id': id,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }
}
