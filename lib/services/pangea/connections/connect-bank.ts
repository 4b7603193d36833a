import 'server-only'
import type { LinkKind } from '@/lib/domain/connections/connection'
import type { Language } from '@/lib/domain/text/languages'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'

/**
 * A Link token, its expiry, the origin of Link's script (null: Plaid's own) and our id of the Link
 * session.
 */
export type LinkToken = {
  linkToken: string
  linkScriptUrl: string | null
  expiresAt: string
  visit: string
}

/** The URL for Plaid's webhooks. */
export const plaidWebhookUrl = (): string => `${env().appUrl}/api/webhooks/plaid`

/**
 * Creates a Link token for a new connection.
 * @param language of Plaid's pages.
 * @throws IntegrationError if Plaid does not respond.
 */
export async function connectBank(
  actor: UserActor,
  kind: LinkKind = 'everyday',
  language: Language = 'en'
): Promise<LinkToken> {
  await DataService.ensureUser(actor)
  await DataService.requireNoDeletion(actor)
  const { linkToken, expiresAt } = await AccountService.linkAccount(actor, {
    webhookUrl: plaidWebhookUrl(),
    redirectUri: env().plaid.redirectUri,
    kind,
    language
  })
  const sessionId = await DataService.startLinkSession(actor, {
    purpose: 'link',
    connectionId: null,
    linkToken,
    expiresAt
  })
  return { linkToken, expiresAt, visit: sessionId, linkScriptUrl: env().plaid.linkScriptUrl }
}
