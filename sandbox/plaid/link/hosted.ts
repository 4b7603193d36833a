/** Hosted Link: a page of Plaid's that runs Link, for one session, on any device. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { addLinkEndpoint } from '@/sandbox/plaid/link/endpoint'
import type { LinkSession, Plaid } from '@/sandbox/plaid/records'
import { sendTo } from '@/sandbox/plaid/webhooks'

/** Of an address that is not delivered by Plaid. */
export const HOSTED_LIFETIME_SECONDS = 1_800
export const MAX_HOSTED_LIFETIME_SECONDS = 21 * 86_400

export const hostedUrl = (requestUrl: string, id: string): string =>
  `${new URL(requestUrl).origin}/hl/${id}`

/** A hosted session ends with its first result, or when its window is closed. */
export const hasEnded = ({ hosted, finished }: LinkSession): boolean =>
  hosted !== null && (finished.length > 0 || hosted.exit !== null)

/** Adds what the hosted page asks for: its Link token, while the session is open. */
export function addHostedRoutes(app: Hono, plaid: Plaid): void {
  const body = z.strictObject({ id: z.string() })
  addLinkEndpoint(app, '/link/api/hosted', body, ({ id }) => {
    const session = plaid.linkSessions.all().find(({ hosted }) => hosted?.id === id)
    const now = plaid.sandbox.clock.now().getTime()
    if (!session || hasEnded(session) || Date.parse(session.expiresAt) <= now)
      throw new PlaidApiError('INVALID_LINK_TOKEN')
    return {
      link_token: session.id,
      completion_redirect_uri: session.hosted?.completionRedirectUri ?? null
    }
  })
}

/** Sends the webhooks that only hosted sessions have. */
export function announceResult(plaid: Plaid, session: LinkSession, publicToken: string): void {
  if (!session.hosted) return
  const common = { link_session_id: session.linkSessionId, link_token: session.id }
  sendTo(plaid, session.webhook, {
    webhook_type: 'LINK',
    webhook_code: 'ITEM_ADD_RESULT',
    ...common,
    public_token: publicToken
  })
  sendTo(plaid, session.webhook, {
    webhook_type: 'LINK',
    webhook_code: 'SESSION_FINISHED',
    status: 'SUCCESS',
    ...common,
    public_token: publicToken,
    public_tokens: [publicToken]
  })
}

/** Ends a hosted session whose window was closed without a result. */
export function endHostedSession(
  plaid: Plaid,
  session: LinkSession,
  metadata: Record<string, unknown>
): void {
  if (!session.hosted || hasEnded(session)) return
  const exit = { at: plaid.sandbox.clock.now().toISOString(), metadata }
  plaid.linkSessions.put({ ...session, hosted: { ...session.hosted, exit } })
  sendTo(plaid, session.webhook, {
    webhook_type: 'LINK',
    webhook_code: 'SESSION_FINISHED',
    status: 'EXITED',
    link_session_id: session.linkSessionId,
    link_token: session.id,
    public_tokens: []
  })
}
