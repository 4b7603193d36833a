/**
 * Some banks take over the whole window. Which visit to Link this tab was on waits here, also after it went well, so that a reload can tell;
 * all else about it stays on the server.
 */

import { userKey } from '@/components/lib/document-user'

const key = () => userKey('visit')

export function rememberVisit(visit: string): void {
  try {
    sessionStorage.setItem(key(), visit)
  } catch {
    // Storage is off: the server then goes by the newest visit of the person.
  }
}

export function findVisit(): string | null {
  try {
    return sessionStorage.getItem(key())
  } catch {
    return null
  }
}

export function forgetVisit(): void {
  try {
    sessionStorage.removeItem(key())
  } catch {
    // Nothing to forget.
  }
}
