/**
 * A document shows the data of one user. When that user signs out or another one signs in, in any tab, the document is replaced. This drops
 * everything it holds: SWR's and Next's caches, prefetched pages, open requests, the live stream and half-filled forms.
 */

type ClerkState = {
  client: { signedInSessions: { user: { id: string } | null }[] }
  user?: { id: string } | null
}

/** The user who is signed in to this browser, null after a sign-out, and since when. Shared by all tabs. */
type Latest = { id: string | null; at: number }

const PREFIX = 'pangea.'
const LATEST = `${PREFIX}user`

/** The user this document belongs to; null until one has signed in. */
let owner: string | null = null
let replaced = false
let followsClerk = false
let signingOut = false

/** Names the user a request is made for; the server refuses it when another user's cookie comes with it. */
export const userHeader = (): Record<string, string> => (owner ? { 'x-pangea-user': owner } : {})

/** Makes the document this user's. @returns false where it belongs to another user, or was requested before a change of user. */
export function claimDocument(userId: string): boolean {
  if (typeof window === 'undefined') return true
  const latest = readLatest()
  const outdated =
    latest && latest.id !== userId && latest.at > performance.timeOrigin && latest.at <= Date.now()
  if (outdated || (owner && owner !== userId)) replaceDocument()
  if (replaced) return false
  if (!owner) followBrowser()
  owner = userId
  if (latest?.id !== userId) writeLatest(userId)
  return true
}

/** Loads the page again for whoever is signed in now; without its query, which may hold what the user searched for. */
export function replaceDocument(path = signingOut ? '/' : location.pathname): void {
  if (replaced) return
  replaced = true
  document.documentElement.hidden = true
  if (owner && readLatest()?.id === owner) writeLatest(null)
  location.replace(path)
}

/** Follows Clerk for as long as the document lives, also on pages that have nothing of Clerk's. */
export function followClerk(clerk: {
  addListener(listener: (state: ClerkState) => void): unknown
}): void {
  if (followsClerk) return
  followsClerk = true
  let seen = false
  clerk.addListener(({ client, user }) => {
    const signedIn = client.signedInSessions.some((session) => session.user?.id === owner)
    if (!owner) return
    if (user && user.id !== owner) replaceDocument()
    // A Clerk that cannot be reached names no sessions either: only a user that it named before has signed out.
    else if (seen && !signedIn) replaceDocument()
    seen ||= signedIn
    // From the press of "Sign out" in this tab until the session has ended, the user is undefined.
    signingOut = seen && user === undefined
  })
}

/** Clerk opens the start page within the same document. */
export function leftPages(): void {
  if (signingOut) replaceDocument()
}

function followBrowser(): void {
  const check = () => {
    const latest = readLatest()
    if (latest && latest.id !== owner) replaceDocument()
  }
  window.addEventListener('storage', check)
  document.addEventListener('visibilitychange', check)
  // The back button shows a document as it was left, so it is left hidden.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    if (readLatest()?.id === owner) document.documentElement.hidden = false
    else location.reload()
  })
}

/** This tab's storage for `name`, apart for each user. */
export const userKey = (name: string): string => `${PREFIX}${owner}.${name}`

function readLatest(): Latest | null {
  try {
    return JSON.parse(localStorage.getItem(LATEST) ?? 'null') as Latest | null
  } catch {
    return null
  }
}

function writeLatest(id: string | null): void {
  try {
    localStorage.setItem(LATEST, JSON.stringify({ id, at: Date.now() } satisfies Latest))
  } catch {
    // Storage is off: only Clerk tells the other tabs.
  }
}
