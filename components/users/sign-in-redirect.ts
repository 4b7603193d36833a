const KEY = 'pangea.sessionRefused'
const RETRY_WINDOW_MS = 30_000

/** The page after sign-in, on our own site only. */
export function sameOriginPath(requested: string | null): string {
  if (!requested || !URL.canParse(requested, location.origin)) return '/dashboard'
  const url = new URL(requested, location.origin)
  return url.origin === location.origin ? url.pathname + url.search : '/dashboard'
}

/**
 * Whether a full load was tried in the last 30 s; records this one. True when storage, and so
 * cookies, are blocked.
 */
export function hasRetriedRecently(now = Date.now()): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY))
    sessionStorage.setItem(KEY, String(now))
    return now - last < RETRY_WINDOW_MS
  } catch {
    return true
  }
}
