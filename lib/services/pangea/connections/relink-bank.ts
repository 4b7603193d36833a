import 'server-only'
import { type ItemStatus, isItemGone } from '@/lib/domain/connections/connection'
import type { Language } from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { checkItem } from '@/lib/services/pangea/connections/check-item'
import type { LinkToken } from '@/lib/services/pangea/connections/connect-bank'
import { withCurrentToken } from '@/lib/services/pangea/connections/rotate-token'
import * as AccountService from '@/lib/services/plaid'

/**
 * Creates a Link token for update mode: to sign in again, change the shared accounts or consent to
 * more products. Nothing changes until Plaid confirms.
 * @throws RequestError not_found, conflict (the Item no longer exists, or a disconnect is in
 * progress); IntegrationError.
 */
export async function relinkBank(
  actor: UserActor,
  connectionId: string,
  language: Language = 'en'
): Promise<LinkToken> {
  const connection = await requireActiveConnection(actor, connectionId)
  await DataService.requireNoDeletion(actor)
  const context = { userId: actor.userId, connectionId }
  const accessToken = await DataService.getAccessToken(actor, connectionId)
  try {
    const input = {
      accessToken,
      redirectUri: env().plaid.redirectUri,
      additionalProducts: connection.missingProducts,
      language
    }
    const { linkToken, expiresAt } = await withCurrentToken(connectionId, accessToken, () =>
      AccountService.relinkAccount(context, input)
    )
    const sessionId = await DataService.startLinkSession(actor, {
      purpose: 'relink',
      connectionId,
      linkToken,
      expiresAt
    })
    return { linkToken, expiresAt, visit: sessionId, linkScriptUrl: env().plaid.linkScriptUrl }
  } catch (thrown) {
    if (!isIntegrationError(thrown) || !isItemGone(thrown.code)) throw thrown
    await DataService.saveItemStatus(actor, connectionId, {
      status: 'revoked',
      errorType: thrown.type,
      errorCode: thrown.code
    })
    throw new RequestError(
      'conflict',
      'Access to this bank has ended permanently. Add it again as a new bank. Your data here is kept.'
    )
  }
}

/**
 * Checks with Plaid after Link whether the connection works. Only Plaid's answer counts, not the
 * browser's.
 * @returns the resulting status. @throws RequestError not_found; IntegrationError if Plaid does
 * not respond.
 */
export async function confirmRelink(
  actor: UserActor,
  connectionId: string,
  { visit: sessionId }: { visit: string | null }
): Promise<{ status: ItemStatus }> {
  await requireActiveConnection(actor, connectionId)
  const session = await DataService.findLinkSession(actor, sessionId)
  // Without a recorded Link session, no sign-in can have renewed the access.
  const verifiedSession =
    session?.purpose === 'relink' && session.connectionId === connectionId && !session.over
      ? session.id
      : null
  const status = await checkItem(
    actor,
    { id: connectionId, userId: actor.userId },
    { signedIn: verifiedSession !== null, trigger: 'relink', sessionId: verifiedSession }
  )
  return { status }
}

async function requireActiveConnection(
  actor: UserActor,
  connectionId: string
): Promise<DataService.ConnectionView> {
  const connection = await DataService.getConnection(actor, connectionId)
  if (connection.disconnectRequested)
    throw new RequestError('conflict', 'This bank is being disconnected.')
  return connection
}
