'use client'

import type { LoadedClerk } from '@clerk/shared/types'
import { useCallback, useEffect, useRef } from 'react'
import { createApiError, isApiError } from '@/components/lib/api'
import { clerkErrorCode } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'
import { loadClerkUi } from '@/components/lib/clerk-ui'
import { browserText } from '@/components/text/browser-text'
import type { ReverificationHint } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'

/** Clerk's error codes for changes of the sign-in that need reverification. */
const CLERK_REVERIFICATION_REQUIRED = 'session_reverification_required'

const CANCELLED_MESSAGE =
  'You didn’t confirm it’s you, so nothing was changed. Try again when you’re ready.'
/**
 * Factor ages are whole minutes: a verification right after enrolment looks the same as one before
 * it.
 */
const INSUFFICIENT_MESSAGE =
  'We couldn’t confirm it’s you, so nothing was changed. If you just turned on two-step verification, wait a minute, then try again.'
const reverificationError = (message: TextKey<'common'>) =>
  createApiError(403, 'reverification_failed', browserText()(message))

/**
 * Wraps a call that requires reverification (see AuthService.requireReverification; Clerk for
 * changes of the sign-in). Opens Clerk's dialog if needed and retries once.
 * @throws ApiError reverification_failed when the dialog was closed or the factor is not enough,
 * offline when Clerk cannot be reached; else what the call throws.
 */
export function useWithReverification<A extends unknown[], T>(
  call: (...args: A) => Promise<T>
): (...args: A) => Promise<T> {
  const latest = useRef(call)
  useEffect(() => {
    latest.current = call
  })
  return useCallback(async (...args: A) => {
    try {
      return await latest.current(...args)
    } catch (thrown) {
      const hint = reverificationHint(thrown)
      if (!hint) throw thrown
      await reverify(hint)
    }
    return latest.current(...args).catch((thrown: unknown) => {
      throw reverificationHint(thrown) ? reverificationError(INSUFFICIENT_MESSAGE) : thrown
    })
  }, [])
}

/** Shows Clerk's dialog until the user has confirmed. @throws ApiError. */
async function reverify({ metadata }: ReverificationHint): Promise<void> {
  // Checks that Clerk responds and its dialog is here: without them we would wait forever.
  const clerk = await loadedClerk()
  await loadClerkUi(clerk)
  await clerk.session?.startVerification({ level: 'second_factor' }).catch(throwUnavailable)
  await confirmInDialog(clerk, metadata.reverification.level)
}

const confirmInDialog = (clerk: LoadedClerk, level: 'second_factor') =>
  new Promise<void>((resolve, reject) => {
    clerk.__internal_openReverification({
      level,
      afterVerification: resolve,
      afterVerificationCancelled: () => reject(reverificationError(CANCELLED_MESSAGE))
    })
  })

const throwUnavailable = () => {
  throw createApiError(
    0,
    'offline',
    browserText()(
      'You need to confirm it’s you, but that isn’t possible right now. Nothing was changed. Try again in a few minutes.'
    )
  )
}

/** What the refused call needs; null for any other error. */
function reverificationHint(thrown: unknown): ReverificationHint | null {
  if (isApiError(thrown)) return thrown.reverification ?? null
  return clerkErrorCode(thrown) === CLERK_REVERIFICATION_REQUIRED
    ? {
        type: 'forbidden',
        reason: 'reverification-error',
        metadata: { reverification: { level: 'second_factor', afterMinutes: 10 } }
      }
    : null
}
