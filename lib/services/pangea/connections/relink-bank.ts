import 'server-only'
import { type ItemStatus, isItemGone } from '@/lib/domain/connections/connection'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import { isIntegrationError, RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { checkItem } from '@/lib/services/pangea/connections/check-item'
import type { LinkToken } from '@/lib/services/pangea/connections/connect-bank'
import * as AccountService from '@/lib/services/plaid'

/**
 * Mints a Link token with which the person signs in again, chooses accounts anew, or consents to what this deployment has come to use. The
 * access token never leaves the server, and nothing changes until Plaid has confirmed.
 * @throws RequestError not_found, conflict (Plaid has forgotten the Item, or it is being disconnected); IntegrationError.
 */
export async function relinkBank(actor: UserActor, connectionId: string): Promise<LinkToken> {
  const connection = await requireActiveConnection(actor, connectionId)
  await DataService.requireNoDeletion(actor)
  const context = { userId: actor.userId, connectionId }
  const accessToken = await DataService.getAccessToken(actor, connectionId)
  try {
    const input = {
      accessToken,
      redirectUri: env().plaid.redirectUri,
      additionalProducts: connection.missingProducts
    }
    const { linkToken, expiresAt } = await AccountService.relinkAccount(context, input)
    const visit = await DataService.startLinkSession(actor, {
      purpose: 'relink',
      connectionId,
      linkToken,
      expiresAt
    })
    return { linkToken, expiresAt, visit, linkScriptUrl: env().plaid.linkScriptUrl }
  } catch (thrown) {
    if (!isIntegrationError(thrown) || !isItemGone(thrown.code)) throw thrown
    await DataService.storeItemStatus(actor, connectionId, {
      status: 'revoked',
      errorType: thrown.type,
      errorCode: thrown.code
    })
    throw new RequestError(
      'conflict',
      'Access to this bank has ended for good. Link the bank as a new one. Your data here stays.'
    )
  }
}

/**
 * Checks with Plaid, after Link, whether the connection works again. Only a healthy answer makes it good; the browser's word counts for nothing.
 * @returns the status as Plaid tells it. @throws RequestError not_found; IntegrationError when Plaid does not answer.
 */
export async function confirmRelink(
  actor: UserActor,
  connectionId: string,
  { visit }: { visit: string | null }
): Promise<{ status: ItemStatus }> {
  await requireActiveConnection(actor, connectionId)
  const session = await DataService.findLinkSession(actor, visit)
  // Without a visit to Link there was no sign-in that could have renewed anything.
  const verifiedSession =
    session?.purpose === 'relink' && session.connectionId === connectionId && !session.over
      ? session.id
      : null
  const status = await checkItem(
    actor,
    { id: connectionId, userId: actor.userId },
    { signedIn: verifiedSession !== null, trigger: 'relink', visit: verifiedSession }
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
