import 'server-only'
import type { Session } from '@clerk/backend'
import { cleanText } from '@/lib/domain/vendor-text'
import { isIntegrationError } from '@/lib/platform/errors'
import { callClerk, clerk } from '@/lib/services/clerk/client'

export type SignIn = {
  userId: string
  /** Clerk's id of the browser, which outlives its sessions. */
  clientId: string
  /** Such as "Firefox on Windows"; null if Clerk does not know. */
  device: string | null
}

/** A session, read live; null if Clerk has none with this id. @throws IntegrationError. */
export async function findSession(sessionId: string): Promise<SignIn | null> {
  try {
    const { userId, clientId, latestActivity } = await callClerk('sessions.get', undefined, () =>
      clerk().sessions.getSession(sessionId)
    )
    return { userId, clientId, device: latestActivity ? deviceName(latestActivity) : null }
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'resource_not_found') return null
    throw thrown
  }
}

function deviceName({
  browserName,
  deviceType
}: NonNullable<Session['latestActivity']>): string | null {
  const names = [browserName, deviceType].map((name) => name && cleanText(name, 40)).filter(Boolean)
  return names.length > 0 ? names.join(' on ') : null
}
