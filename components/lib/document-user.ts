/**
 * A document shows the data of one user. When that user signs out or another one signs in, in any tab, the document is replaced. This drops
 * everything it holds: SWR's and Next's caches, prefetched pages, open requests, the live stream and half-filled forms.
 */

type ClerkState = {
  client: { signedInSessions: { user: { id: string } | null }[] }
  user?: { id: string } | null
}

/** The user who is signed in to this browser, null after a sign-out, and since when. Shared by all tabs. */
type StoredUser = { id: string | null; at: number }

const KEY_PREFIX = 'pangea.'
const STORAGE_KEY = `${KEY_PREFIX}user`

/** The user this document belongs to; null until one has signed in. */
let documentUserId: string | null = null
let isReplaced = false
let isWatchingClerk = false
let isSigningOut = false

/** Names the user a request is made for; the server refuses it when another user's cookie comes with it. */
export const userHeader = (): Record<string, string> =>
  documentUserId ? { 'x-pangea-user': documentUserId } : {}

/** Makes the document this user's. @returns false where it belongs to another user, or was requested before a change of user. */
export function claimDocument(userId: string): boolean {
  if (typeof window === 'undefined') return true
  const storedUser = readStoredUser()
  const outdated =
    storedUser &&
    storedUser.id !== userId &&
    storedUser.at > performance.timeOrigin &&
    storedUser.at <= Date.now()
  if (outdated || (documentUserId && documentUserId !== userId)) replaceDocument()
  if (isReplaced) return false
  if (!documentUserId) watchOtherTabs()
  documentUserId = userId
  if (storedUser?.id !== userId) writeStoredUser(userId)
  return true
}

/** Loads the page again for whoever is signed in now; without its query, which may hold what the user searched for. */
export function replaceDocument(path = isSigningOut ? '/' : location.pathname): void {
  if (isReplaced) return
  isReplaced = true
  document.documentElement.hidden = true
  if (documentUserId && readStoredUser()?.id === documentUserId) writeStoredUser(null)
  location.replace(path)
}

/** Follows Clerk for as long as the document lives, also on pages that have nothing of Clerk's. */
export function watchClerk(clerk: {
  addListener(listener: (state: ClerkState) => void): unknown
}): void {
  if (isWatchingClerk) return
  isWatchingClerk = true
  let wasSignedIn = false
  clerk.addListener(({ client, user }) => {
    const signedIn = client.signedInSessions.some((session) => session.user?.id === documentUserId)
    if (!documentUserId) return
    if (user && user.id !== documentUserId) replaceDocument()
    // A Clerk that cannot be reached names no sessions either: only a user that it named before has signed out.
    else if (wasSignedIn && !signedIn) replaceDocument()
    wasSignedIn ||= signedIn
    // From the press of "Sign out" in this tab until the session has ended, the user is undefined.
    isSigningOut = wasSignedIn && user === undefined
  })
}

/** Clerk opens the start page within the same document. */
export function replaceAfterSignOut(): void {
  if (isSigningOut) replaceDocument()
}

function watchOtherTabs(): void {
  const check = () => {
    const storedUser = readStoredUser()
    if (storedUser && storedUser.id !== documentUserId) replaceDocument()
  }
  window.addEventListener('storage', check)
  document.addEventListener('visibilitychange', check)
  // The back button shows a document as it was left, so it is left hidden.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    if (readStoredUser()?.id === documentUserId) document.documentElement.hidden = false
    else location.reload()
  })
}

/** This tab's storage for `name`, apart for each user. */
export const userStorageKey = (name: string): string => `${KEY_PREFIX}${documentUserId}.${name}`

function readStoredUser(): StoredUser | null {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as StoredUser | null
  } catch {
    return null
  }
}

function writeStoredUser(id: string | null): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ id, at: Date.now() } satisfies StoredUser))
  } catch {
    // Storage is off: only Clerk tells the other tabs.
  }
}
