/**
 * Clerk's script in the browser: loads it once, and keeps who is signed in. Clerk's own React
 * package would add 70 KiB of hooks and components that no page uses.
 */
import { loadClerkJSScript } from '@clerk/shared/loadClerkJsScript'
import type { ClerkOptions, LoadedClerk, Resources } from '@clerk/shared/types'
import { createApiError } from '@/components/lib/api'
import { browserText } from '@/components/text/browser-text'

/** Where Clerk's scripts come from. */
export type ClerkSource = { publishableKey: string; proxyUrl?: string | undefined }

/** Both are undefined until Clerk has loaded, and while it signs out; null without a session. */
export type ClerkSession = Pick<Resources, 'user' | 'session'> & {
  status: 'loading' | 'loaded' | 'failed'
}

type Startable = LoadedClerk & { loaded: boolean; load(options: ClerkOptions): Promise<void> }

/** The script loader gives up after 15 s, and Clerk then still calls its server. */
const LOAD_TIMEOUT_MS = 25_000
export const LOADING: ClerkSession = { status: 'loading', user: undefined, session: undefined }

let current = LOADING
let starting: Promise<LoadedClerk> | null = null
const listeners = new Set<() => void>()

export const getClerkSession = (): ClerkSession => current

export function subscribeClerkSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function publish(next: ClerkSession): void {
  current = next
  for (const listener of listeners) listener()
}

/** Loads Clerk; later calls do nothing, because Clerk lives as long as the document. */
export function startClerk(
  source: ClerkSource & { nonce?: string | undefined },
  options: ClerkOptions
) {
  if (starting) return
  starting = load(source, options)
  starting.catch(() => publish({ ...LOADING, status: 'failed' }))
}

async function load(
  { nonce, proxyUrl, publishableKey }: Parameters<typeof startClerk>[0],
  options: ClerkOptions
) {
  await loadClerkJSScript({
    publishableKey,
    ...(proxyUrl ? { proxyUrl } : {}),
    ...(nonce ? { nonce } : {})
  })
  const { Clerk: clerk } = globalThis as unknown as { Clerk: Startable }
  if (!clerk.loaded) await clerk.load(options)
  // Listeners are given the earlier user while its update time is the same, so Clerk is asked.
  clerk.addListener(() => publish({ status: 'loaded', user: clerk.user, session: clerk.session }))
  // Without an answer of Clerk's server there is nothing to hear yet.
  if (current.status === 'loading') publish({ ...LOADING, status: 'loaded' })
  return clerk
}

/**
 * Waits for Clerk's script, which can load late on a slow network. @throws ApiError
 * clerk_not_loaded.
 */
export async function loadedClerk(timeoutMs = LOAD_TIMEOUT_MS): Promise<LoadedClerk> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notLoadedError()), timeoutMs)
  })
  const loaded = starting?.catch(() => {
    throw notLoadedError()
  })
  return Promise.race(loaded ? [loaded, late] : [late]).finally(() => clearTimeout(timer))
}

export const notLoadedError = () =>
  createApiError(
    0,
    'clerk_not_loaded',
    browserText()(
      'Our sign-in service could not be loaded, so nothing was changed. Check your internet connection, then reload the page.'
    )
  )
