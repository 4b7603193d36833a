'use client'

import { useSyncExternalStore } from 'react'
import {
  type ClerkSession,
  getClerkSession,
  LOADING,
  subscribeClerkSession
} from '@/components/lib/clerk-session'

/** Who is signed in, as Clerk's script in the browser knows it. */
export const useClerkSession = (): ClerkSession =>
  useSyncExternalStore(subscribeClerkSession, getClerkSession, () => LOADING)

/** Clerk's error code of a failed browser SDK call; null without a response. */
export function clerkErrorCode(thrown: unknown): string | null {
  const errors = thrown instanceof Error && 'errors' in thrown ? thrown.errors : null
  const [first] = Array.isArray(errors) ? (errors as { code?: string }[]) : []
  return first?.code ?? null
}
