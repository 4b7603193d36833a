/**
 * Some banks take over the whole window. Which visit to Link this tab was on waits here, also after it went well, so that a reload can tell;
 * all else about it stays on the server.
 */

import { userStorageKey } from '@/components/lib/document-user'

const storageKey = () => userStorageKey('visit')

export function saveLinkSession(linkSession: string): void {
  try {
    sessionStorage.setItem(storageKey(), linkSession)
  } catch {
    // Storage is off: the server then goes by the newest visit of the person.
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
    // Nothing to forget.
  }
}
