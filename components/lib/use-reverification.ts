'use client'

import { useReverification } from '@clerk/nextjs'
import { isReverificationCancelledError } from '@clerk/nextjs/errors'
import { useCallback } from 'react'
import type { ReverificationHint } from '@/lib/api/responses'
import { fault, isApiError } from '@/components/lib/api'
import { clerkCode } from '@/components/lib/clerk-error-code'
import { useClerkReady } from '@/components/lib/clerk'

/** What Clerk's own browser calls are refused with, for changes of how a person signs in. */
const CLERK_WANTS_PROOF = 'session_reverification_required'

const CLOSED =
  'You did not confirm that it is you, so nothing was done. Try again when you are ready.'
/** The ages of factors are whole minutes: one verified right after the enrolment cannot be told from one before it. */
const NOT_ENOUGH =
  'We could not confirm that it is you, so nothing was done. If you turned on two-step verification a moment ago, wait a minute, then try again.'
const notProven = (message: string) => fault(403, 'not_proven', message)

/**
 * Wraps a call that is answered only to somebody who proved lately who they are (the server decides: AuthService.requireRecentProof, or Clerk
 * itself for changes of the sign-in). Where that is not so, Clerk's own dialog asks, and the call is made once more.
 * @throws ApiError not_proven when the user closed the dialog or what they confirmed is not enough, offline when Clerk cannot ask; else whatever the call throws.
 */
export function useProof<A extends unknown[], T>(
  call: (...input: A) => Promise<T>
): (...input: A) => Promise<T> {
  const clerkReady = useClerkReady()
  const ask = useReverification(async (...input: A) => {
    try {
      return { value: await call(...input) }
    } catch (thrown) {
      const hint = hintOf(thrown)
      if (!hint) throw thrown
      // The dialog would wait without a word for a Clerk that does not answer.
      const { session } = await clerkReady()
      await session?.startVerification({ level: 'second_factor' }).catch(away)
      return { clerk_error: hint }
    }
  })
  return useCallback(
    async (...input: A) => {
      const answer = await ask(...input).catch((thrown: unknown) => {
        throw isReverificationCancelledError(thrown) ? notProven(CLOSED) : thrown
      })
      if (answer && 'value' in answer) return answer.value
      throw notProven(NOT_ENOUGH)
    },
    [ask]
  )
}

const away = () => {
  throw fault(
    0,
    'offline',
    'You need to confirm that it is you, and we cannot ask you right now. Nothing was done. Try again in a few minutes.'
  )
}

/** The refusal as Clerk's hook wants it: an answer, not an error. */
function hintOf(thrown: unknown): ReverificationHint | null {
  if (isApiError(thrown)) return thrown.proof ?? null
  return clerkCode(thrown) === CLERK_WANTS_PROOF
    ? { type: 'forbidden', reason: 'reverification-error', metadata: { reverification: 'strict' } }
    : null
}
