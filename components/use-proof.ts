'use client'

import { useReverification } from '@clerk/nextjs'
import { isReverificationCancelledError } from '@clerk/nextjs/errors'
import { useCallback } from 'react'
import { fault, isApiError } from './api'

/**
 * Wraps a call that is answered only to somebody who proved lately who they are (the server decides: AuthService.requireRecentProof, or Clerk
 * itself for changes of the sign-in). Where that is not so, Clerk's own dialog asks, and the call is made once more.
 * @throws ApiError not_proven when the person closed the dialog; else whatever the call throws.
 */
export function useProof<A extends unknown[], T>(call: (...input: A) => Promise<T>): (...input: A) => Promise<T> {
  const ask = useReverification(async (...input: A) => call(...input).then((value) => ({ value }), hintOf))
  return useCallback(
    async (...input: A) => {
      try {
        const answer = await ask(...input)
        if (answer && 'value' in answer) return answer.value
      } catch (thrown) {
        if (!isReverificationCancelledError(thrown)) throw thrown
      }
      throw fault(403, 'not_proven', 'You did not confirm that it is you, so nothing was done. Try again when you are ready.')
    },
    [ask]
  )
}

/** The refusal as Clerk's hook wants it: an answer, not an error. */
function hintOf(thrown: unknown) {
  if (isApiError(thrown) && thrown.proof) return { clerk_error: thrown.proof }
  throw thrown
}
