/**
 * A document shows one user's data. On sign-out or another sign-in, in any tab, it is reloaded,
 * which drops all caches, open requests, the stream and unsaved forms.
 */

type ClerkState = {
  client: { signedInSessions: { user: { id: string } | null }[] }
  user?: { id: string } | null
}

/** The user signed in to this browser (null after sign-out), and since when. Shared by all tabs. */
type StoredUser = { id: string | null; at: number }

const KEY_PREFIX = 'pangea.'
const STORAGE_KEY = `${KEY_PREFIX}user`
/** Clears what the browser stored for the user. */
const SIGNED_OUT = '/signed-out'

/** The document's user; null until one has signed in. */
let documentUserId: string | null = null
let isReplaced = false
let isWatchingClerk = false
let isSigningOut = false
let signedOutPath = SIGNED_OUT

/** Sends the document's user id; the server refuses when the cookie is another user's. */
export const userHeader = (): Record<string, string> =>
  documentUserId ? { 'x-pangea-user': documentUserId } : {}

/** Clerk's cookies with the time of the last sign-in, 0 after sign-out. */
const SIGN_IN_TIMES = /(?:^|; )__client_uat(?:_[\w-]+)?=(\d+)/g

/** Also known to a document that starts after the sign-out, which empties the storage. */
function hasSignedOut(): boolean {
  const times = [...document.cookie.matchAll(SIGN_IN_TIMES)].map(([, time]) => time)
  return times.length > 0 && times.every((time) => time === '0')
}

/**
 * Claims the document for this user. @returns false if it belongs to another user or was requested
 * before a change of user or a sign-out.
 */
export function claimDocument(userId: string): boolean {
  if (typeof window === 'undefined') return true
  const storedUser = readStoredUser()
  const outdated =
    storedUser &&
    storedUser.id !== userId &&
    storedUser.at > performance.timeOrigin &&
    storedUser.at <= Date.now()
  const another = documentUserId && documentUserId !== userId
  if (outdated || another || hasSignedOut()) replaceDocument()
  if (isReplaced) return false
  if (!documentUserId) watchOtherTabs()
  documentUserId = userId
  if (storedUser?.id !== userId) writeStoredUser(userId)
  return true
}

/** Sets where this document goes when its user signs out in this tab; the start page otherwise. */
export function setSignedOutPath(path: string): void {
  signedOutPath = path
}

/** Reloads for the current user, without the query, which may contain a search. */
export function replaceDocument(path = isSigningOut ? signedOutPath : location.pathname): void {
  if (isReplaced) return
  isReplaced = true
  document.documentElement.hidden = true
  if (documentUserId && readStoredUser()?.id === documentUserId) writeStoredUser(null)
  location.replace(path)
}

/** Follows Clerk's session for the document's lifetime, also on pages without Clerk components. */
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
    // Clerk also has no session when it is unreachable: only a previously known user has signed
    // out.
    else if (wasSignedIn && !signedIn) replaceDocument()
    wasSignedIn ||= signedIn
    // While this tab signs out, the user is undefined.
    isSigningOut = wasSignedIn && user === undefined
  })
}

/** Clerk navigates to the start page within the same document. */
export function replaceAfterSignOut(): void {
  if (isSigningOut) replaceDocument()
}

function watchOtherTabs(): void {
  const check = () => {
    const storedUser = readStoredUser()
    if (storedUser && storedUser.id !== documentUserId) replaceDocument()
  }
  window.addEventListener('storage', ({ key, newValue }) => {
    // The tab that signs out stores it and clears the storage, which may be empty by now.
    const isOurs = key === null || key === STORAGE_KEY
    if (isOurs && parseStoredUser(newValue)?.id !== documentUserId) replaceDocument()
  })
  document.addEventListener('visibilitychange', check)
  // The back button restores the document as it was left, so its content is hidden before leaving.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) document.documentElement.hidden = true
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    if (readStoredUser()?.id === documentUserId) document.documentElement.hidden = false
    else location.reload()
  })
}

/** Session storage for `name`, separate for each user. */
export const userStorageKey = (name: string): string => `${KEY_PREFIX}${documentUserId}.${name}`

function readStoredUser(): StoredUser | null {
  try {
    return parseStoredUser(localStorage.getItem(STORAGE_KEY))
  } catch {
    return null
  }
}

const parseStoredUser = (text: string | null) => JSON.parse(text ?? 'null') as StoredUser | null

function writeStoredUser(id: string | null): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ id, at: Date.now() } satisfies StoredUser))
  } catch {
    // Storage is disabled: other tabs only learn it from Clerk.
  }
}
