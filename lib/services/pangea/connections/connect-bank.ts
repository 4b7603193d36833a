import 'server-only'
import type { LinkKind } from '@/lib/domain/connections/connection'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import * as DataService from '@/lib/services/data'
import * as AccountService from '@/lib/services/plaid'

/** A Link token, when it ends, where the browser loads Link from (null: Plaid's own address), and our id of the visit, for coming back to it. */
export type LinkToken = {
  linkToken: string
  linkScriptUrl: string | null
  expiresAt: string
  visit: string
}

/** Where Plaid sends this deployment's webhooks. */
export const plaidWebhookUrl = (): string => `${env().appUrl}/api/webhooks/plaid`

/**
 * Mints a Link token for adding a bank.
 * @throws RequestError IntegrationError when Plaid does not answer.
 */
export async function connectBank(
  actor: UserActor,
  kind: LinkKind = 'everyday'
): Promise<LinkToken> {
  await DataService.ensureUser(actor)
  await DataService.requireNoDeletion(actor)
  const { linkToken, expiresAt } = await AccountService.linkAccount(actor, {
    webhookUrl: plaidWebhookUrl(),
    redirectUri: env().plaid.redirectUri,
    kind
  })
  const visit = await DataService.startLinkSession(actor, {
    purpose: 'link',
    connectionId: null,
    linkToken,
    expiresAt
  })
  return { linkToken, expiresAt, visit, linkScriptUrl: env().plaid.linkScriptUrl }
}
