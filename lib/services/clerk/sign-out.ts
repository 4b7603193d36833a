import 'server-only'
import { isIntegrationError } from '@/lib/platform/errors'
import { callClerk, clerk } from '@/lib/services/clerk/client'

const BATCH = 100

/**
 * Ends every session of the user at Clerk. Tokens stay valid for up to a minute; sensitive routes
 * ask Clerk. @throws IntegrationError.
 */
export async function signOutEverywhere(userId: string): Promise<void> {
  for (let more = true; more; ) {
    const { data } = await callClerk('sessions.list', userId, () =>
      clerk().sessions.getSessionList({ userId, status: 'active', limit: BATCH })
    )
    for (const { id } of data) await revoke(userId, id)
    more = data.length === BATCH
  }
}

async function revoke(userId: string, sessionId: string): Promise<void> {
  try {
    await callClerk('sessions.revoke', userId, () => clerk().sessions.revokeSession(sessionId))
  } catch (thrown) {
    // It ended meanwhile.
    if (!isIntegrationError(thrown) || thrown.code !== 'resource_not_found') throw thrown
  }
}
