'use client'

import { useRef, useState } from 'react'
import { errorMessage } from '@/components/lib/api'

/**
 * State of a button's request: one at a time, whether it is running, and the error message. Forms
 * use `useSubmit`. @param send makes the change and the follow-up; a call while one is running does
 * nothing.
 */
export function useMutation<A extends unknown[]>(send: (...input: A) => Promise<unknown>) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const sending = useRef(false)
  const mutate = async (...input: A): Promise<void> => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    setFailure('')
    try {
      await send(...input)
    } catch (thrown) {
      setFailure(errorMessage(thrown))
    } finally {
      sending.current = false
      setBusy(false)
    }
  }
  return { busy, failure, mutate }
}
