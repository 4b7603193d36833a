/** Some banks take over the whole window; what Link needs to go on afterwards waits here, for this tab only. */
import type { WireLinkToken } from '@/lib/api/answers'

const KEY = 'pangea.link'

export function rememberVisit(link: WireLinkToken): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(link))
  } catch {
    // Storage is off: only banks that take over the window need it.
  }
}

/** The visit that was left, or null where it ended or ran out. */
export function findVisit(now: number): WireLinkToken | null {
  try {
    const link = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as WireLinkToken | null
    return link && Date.parse(link.expiresAt) > now ? link : null
  } catch {
    return null
  }
}

export function forgetVisit(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Nothing to forget.
  }
}
