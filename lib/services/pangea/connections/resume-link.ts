import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { env } from '@/lib/platform/env'
import * as DataService from '@/lib/services/data'
import type { LinkToken } from '@/lib/services/pangea/connections/connect-bank'

export type ResumedLink =
  | (LinkToken & { over: false; purpose: DataService.LinkPurpose; connectionId: string | null })
  /** Link already ended; `connectionId` is the result, if any. */
  | { over: true; purpose: DataService.LinkPurpose; connectionId: string | null }

/**
 * The Link session that an OAuth redirect returned from, with the same Link token, for the user
 * who started it. Null if there is none or it expired.
 */
export async function resumeLink(
  actor: UserActor,
  { visit: sessionId }: { visit: string | null }
): Promise<ResumedLink | null> {
  const session = await DataService.findLinkSession(actor, sessionId)
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
