import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import * as DataService from '@/lib/services/data'
import type { LinkToken } from '@/lib/services/pangea/connections/connect-bank'

export type ResumedLink =
  | (LinkToken & { over: false; purpose: DataService.LinkPurpose; connectionId: string | null })
  /** Link has ended already; the connection is what came of it, if anything did. */
  | { over: true; purpose: DataService.LinkPurpose; connectionId: string | null }

/**
 * The visit to Link that a bank's own page came back from, with the same Link token, for the person who began it and nobody else; null where there
 * is none, or it has run out.
 */
export async function resumeLink(
  actor: UserActor,
  { visit }: { visit: string | null }
): Promise<ResumedLink | null> {
  const session = await DataService.findLinkSession(actor, visit)
  if (!session) return null
  const { purpose, connectionId } = session
  if (session.over) return { over: true, purpose, connectionId }
  return {
    over: false,
    purpose,
    connectionId,
    visit: session.id,
    linkToken: session.linkToken,
    expiresAt: session.expiresAt,
    linkScriptUrl: env().plaid.linkScriptUrl
  }
}
