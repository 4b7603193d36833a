/**
 * OAuth banks replace the whole window. Session storage remembers this tab's Link session, also
 * after a success, so that a reload can show it; everything else is on the server.
 */

import { userStorageKey } from '@/components/lib/document-user'

const storageKey = () => userStorageKey('visit')

export function saveLinkSession(linkSession: string): void {
  try {
    sessionStorage.setItem(storageKey(), linkSession)
  } catch {
    // Storage is disabled: the server uses the user's newest Link session.
  }
}

export function findLinkSession(): string | null {
  try {
    return sessionStorage.getItem(storageKey())
  } catch {
    return null
  }
}

export function clearLinkSession(): void {
  try {
    sessionStorage.removeItem(storageKey())
  } catch {
    // Storage is disabled, so nothing is stored.
  }
}
