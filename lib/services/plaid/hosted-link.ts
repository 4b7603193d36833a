import 'server-only'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { LinkSessionsResponse } from '@/lib/services/plaid/link-wire'

const DEADLINE_MS = 15_000

/** How far a Link session on another device has come. */
export type HostedLink = {
  /** closed: Link was left without a result. */
  state: 'waiting' | 'open' | 'finished' | 'closed'
  /** The bank that the user chose, once known. */
  bank: string | null
  /** The first result; a session adds one bank. */
  result: {
    publicToken: string
    linkSessionId: string | null
    institutionId: string | null
    accounts: { name: string; mask: string | null; subtype: string | null }[]
  } | null
}

/**
 * What happened on Plaid's page for this Link token. Plaid keeps it for six hours.
 * @throws IntegrationError; INVALID_LINK_TOKEN if the token is unknown.
 */
export async function readHostedLink(context: CallContext, linkToken: string): Promise<HostedLink> {
  const about = { method: '/link/token/get', retry: true, deadlineMs: DEADLINE_MS, context }
  const answer = await callPlaid(about, LinkSessionsResponse, (api, options) =>
    api.linkTokenGet({ link_token: linkToken }, options)
  )
  const sessions = answer.link_sessions ?? []
  const finished = sessions.find(({ results }) => results?.item_add_results?.length)
  const [added] = finished?.results?.item_add_results ?? []
  const events = sessions.flatMap((session) => session.events ?? [])
  const bank = events.findLast(({ event_metadata }) => event_metadata?.institution_name)
  return {
    state: added ? 'finished' : stateOf(sessions),
    bank: bank?.event_metadata?.institution_name ?? null,
    result: added
      ? {
          publicToken: added.public_token,
          linkSessionId: finished?.link_session_id ?? null,
          institutionId: added.institution?.institution_id ?? null,
          accounts: added.accounts.map((account) => ({ ...account, name: account.name ?? '' }))
        }
      : null
  }
}

function stateOf(sessions: readonly { finished_at: string | null }[]): HostedLink['state'] {
  if (sessions.length === 0) return 'waiting'
  return sessions.every(({ finished_at }) => finished_at !== null) ? 'closed' : 'open'
}
