import 'server-only'
import type { LinkKind } from '@/lib/domain/connections/connection'
import type { Language } from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import { isRequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { plaidWebhookUrl } from '@/lib/services/pangea/connections/connect-bank'
import { linkBank } from '@/lib/services/pangea/connections/link-bank'
import * as AccountService from '@/lib/services/plaid'

/**
 * Starts Link on a page of Plaid's for another device. The person who opens the address adds one
 * bank to this user; the result is read by the server alone.
 * @throws IntegrationError if Plaid does not respond.
 */
export async function startHostedLink(
  actor: UserActor,
  kind: LinkKind = 'everyday',
  language: Language = 'en'
): Promise<{ visit: string; url: string; expiresAt: string }> {
  await DataService.ensureUser(actor)
  await DataService.requireNoDeletion(actor)
  const { linkToken, expiresAt, url } = await AccountService.startHostedLink(actor, {
    webhookUrl: plaidWebhookUrl(),
    kind,
    language
  })
  const visit = await DataService.startLinkSession(actor, {
    purpose: 'hosted',
    connectionId: null,
    linkToken,
    expiresAt
  })
  return { visit, url, expiresAt }
}

export type HostedLinkProgress = {
  status: 'waiting' | 'open' | 'linked' | 'closed' | 'expired'
  bank: string | null
  connectionId: string | null
}

/**
 * Asks Plaid how far the session is, and adds its bank once it has a result. Idempotent: the page
 * that waits and Plaid's webhook both call it. A session adds at most one bank.
 * @throws RequestError not_found, conflict (already linked); IntegrationError.
 */
export async function finishHostedLink(actor: UserActor, id: string): Promise<HostedLinkProgress> {
  const session = await DataService.getHostedSession(actor, id)
  const { connectionId } = session
  if (connectionId) return { status: 'linked', bank: null, connectionId }
  if (session.over) return { status: 'closed', bank: null, connectionId }
  const context = { userId: actor.userId }
  const { state, bank, result } = await AccountService.readHostedLink(context, session.linkToken)
  if (result) {
    const linked = await addBank(actor, id, result)
    return { status: 'linked', bank, connectionId: linked }
  }
  if (state === 'closed') {
    await DataService.closeHostedSession(actor, id)
    return { status: 'closed', bank, connectionId }
  }
  if (session.expired) return { status: 'expired', bank, connectionId }
  return { status: state === 'open' ? 'open' : 'waiting', bank, connectionId }
}

/** A bank that is linked already ends the session; other failures can be tried again. */
async function addBank(
  actor: UserActor,
  id: string,
  result: NonNullable<AccountService.HostedLink['result']>
): Promise<string> {
  try {
    return (await linkBank(actor, { ...result, visit: id })).connectionId
  } catch (thrown) {
    if (isRequestError(thrown) && thrown.code === 'conflict')
      await DataService.closeHostedSession(actor, id)
    throw thrown
  }
}
