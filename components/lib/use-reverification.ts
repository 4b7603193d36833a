'use client'

import { useReverification } from '@clerk/nextjs'
import { isReverificationCancelledError } from '@clerk/nextjs/errors'
import { useCallback } from 'react'
import { createApiError, isApiError } from '@/components/lib/api'
import { clerkErrorCode, useLoadedClerk } from '@/components/lib/clerk'
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
  const loadClerk = useLoadedClerk()
  const callWithHint = useReverification(async (...args: A) => {
    try {
      return { value: await call(...args) }
    } catch (thrown) {
      const hint = reverificationHint(thrown)
      if (!hint) throw thrown
      // Checks that Clerk responds and its dialog is here: without them we would wait forever.
      const clerk = await loadClerk()
      await loadClerkUi(clerk)
      await clerk.session?.startVerification({ level: 'second_factor' }).catch(throwUnavailable)
      return { clerk_error: hint }
    }
  })
  return useCallback(
    async (...args: A) => {
      const answer = await callWithHint(...args).catch((thrown: unknown) => {
        throw isReverificationCancelledError(thrown)
          ? reverificationError(CANCELLED_MESSAGE)
          : thrown
      })
      if (answer && 'value' in answer) return answer.value
      throw reverificationError(INSUFFICIENT_MESSAGE)
    },
    [callWithHint]
  )
}

const throwUnavailable = () => {
  throw createApiError(
    0,
    'offline',
    browserText()(
      'You need to confirm it’s you, but that isn’t possible right now. Nothing was changed. Try again in a few minutes.'
    )
  )
}

/** Clerk's hook expects the refusal as a return value, not an error. */
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
